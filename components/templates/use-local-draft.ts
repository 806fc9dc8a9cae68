import { useEffect, useState } from 'react';

export interface LocalDraft<T> {
  /** The revision it was written over. */
  revision: number;
  atMs: number;
  content: T;
}

const keyOf = (templateId: string) => `waybill:template:${templateId}`;

function read<T>(templateId: string, isContent: (value: unknown) => value is T): LocalDraft<T> | null {
  try {
    const draft: unknown = JSON.parse(localStorage.getItem(keyOf(templateId)) ?? 'null');
    if (typeof draft !== 'object' || draft === null) return null;
    const { revision, atMs, content } = draft as Record<string, unknown>;
    return typeof revision === 'number' && typeof atMs === 'number' && isContent(content)
      ? { revision, atMs, content }
      : null;
  } catch {
    return null;
  }
}

interface LocalDraftOptions<T> {
  templateId: string;
  revision: number;
  content: T;
  isUnsaved: boolean;
  isContent: (value: unknown) => value is T;
}

/**
 * Keeps what could not be saved in this browser: a closed tab, a lost connection and a mistake not yet put right cost
 * nothing. Answers what an earlier visit left behind.
 */
export function useLocalDraft<T>({ templateId, revision, content, isUnsaved, isContent }: LocalDraftOptions<T>) {
  const [found, setFound] = useState<LocalDraft<T> | null>(null);
  const [looked, setLooked] = useState(false);

  useEffect(() => {
    setFound(read(templateId, isContent));
    setLooked(true);
  }, [templateId, isContent]);

  useEffect(() => {
    if (!looked || found) return;
    if (!isUnsaved) {
      localStorage.removeItem(keyOf(templateId));
      return;
    }
    const timer = setTimeout(() => {
      try {
        localStorage.setItem(keyOf(templateId), JSON.stringify({ revision, atMs: Date.now(), content }));
      } catch (error) {
        console.warn('This browser keeps no draft', error);
      }
    }, 300);
    return () => clearTimeout(timer);
  }, [looked, found, templateId, revision, content, isUnsaved]);

  return { found, settle: () => setFound(null) };
}
