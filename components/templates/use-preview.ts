import { useEffect, useState } from 'react';
import { ApiProblem, apiCall } from './api-call';

/** As `previewTemplate` answers it. */
export interface Preview {
  contact: { id: string; name: string } | null;
  problem: string | null;
  message:
    | { channel: 'email'; subject: string; preheader: string; html: string; text: string }
    | {
        channel: 'sms';
        text: string;
        encoding: 'GSM-7' | 'UCS-2';
        segments: number;
        units: number;
        unitsLeft: number;
        nonGsm: string[];
      }
    | null;
}

interface PreviewOptions {
  channel: 'email' | 'sms';
  /** Null while it cannot be rendered: the last preview stays. */
  content: unknown;
  as: string;
}

/** Without an answer it is asked again by itself. */
const AGAIN_MS = 4_000;
const PAUSE_MS = 250;

/** What a person would read of content that is not saved yet, a moment after it changed. */
export function usePreview({ channel, content, as }: PreviewOptions) {
  const [preview, setPreview] = useState<Preview | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState(true);
  const [lost, setLost] = useState(0);

  useEffect(() => {
    if (content === null) return;
    let isStale = false;
    setPending(true);
    let again: ReturnType<typeof setTimeout>;
    const timer = setTimeout(async () => {
      try {
        const call = { method: 'POST' as const, json: { channel, content, as } };
        const answer = await apiCall<Preview>('templates/preview', call);
        if (isStale) return;
        setPreview(answer);
        setProblem(null);
      } catch (error) {
        if (isStale) return;
        if (!(error instanceof ApiProblem)) throw error;
        setProblem(error.code === 'offline' ? `${error.message} It is asked for again by itself.` : error.message);
        if (error.code === 'offline') again = setTimeout(() => setLost(lost + 1), AGAIN_MS);
      }
      setPending(false);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      clearTimeout(again);
      isStale = true;
    };
  }, [channel, content, as, lost]);

  return { preview, problem, pending };
}
