import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { ApiProblem, apiCall } from './api-call';

export type SavingState =
  | { status: 'saved' | 'waiting' | 'saving' | 'invalid' }
  /** It will be tried again by itself. */
  | { status: 'offline'; message: string }
  /** Somebody else saved; a person decides. */
  | { status: 'conflict'; message: string }
  | { status: 'refused'; message: string };

/** A template as it is edited. The same object is the same template. */
export interface Written<C> {
  name: string;
  content: C;
}

interface SavingOptions<C> {
  templateId: string;
  revision: number;
  written: Written<C>;
  /** False while the grammar would refuse it. */
  isValid: boolean;
  isReadOnly: boolean;
}

const PAUSE_MS = 1200;
const RETRY_MS = 5000;

function stateOf(error: ApiProblem): SavingState {
  if (error.code === 'conflict' || error.code === 'precondition') return { status: 'conflict', message: error.message };
  if (error.code === 'offline' || error.code === 'internal') return { status: 'offline', message: error.message };
  return { status: 'refused', message: error.message };
}

function changes<C>(now: Written<C>, before: Written<C> | null) {
  return {
    ...(now.content !== before?.content && { content: now.content }),
    ...(now.name !== before?.name && { name: now.name }),
  };
}

/** Saves a template a moment after it changed, one save at a time, each over the revision it was made on. */
export function useSaving<C>({ templateId, revision, written, isValid, isReadOnly }: SavingOptions<C>) {
  const [state, setState] = useState<SavingState>({ status: 'saved' });
  const [savedRevision, setSavedRevision] = useState(revision);
  const base = useRef(revision);
  const saved = useRef<Written<C> | null>(written);
  const latest = useRef(written);
  const busy = useRef(false);
  const underWay = useRef<Promise<void>>(Promise.resolve());
  const halted = useRef(false);

  const save = useCallback((): Promise<void> => {
    if (busy.current || halted.current || latest.current === saved.current) return Promise.resolve();
    busy.current = true;
    const sent = latest.current;
    setState({ status: 'saving' });
    const json = { revision: base.current, isAutosave: true, ...changes(sent, saved.current) };
    underWay.current = apiCall<{ revision: number }>(`templates/${templateId}`, { method: 'PATCH', json })
      .then((answer) => {
        base.current = answer.revision;
        saved.current = sent;
        setSavedRevision(answer.revision);
        setState({ status: latest.current === sent ? 'saved' : 'waiting' });
      })
      .catch((error: unknown) => {
        if (!(error instanceof ApiProblem)) throw error;
        const next = stateOf(error);
        halted.current = next.status === 'conflict';
        setState(next);
      })
      .finally(() => {
        busy.current = false;
      });
    return underWay.current;
  }, [templateId]);

  const changed = useEffectEvent(() => {
    latest.current = written;
    if (isReadOnly || halted.current) return;
    if (written === saved.current) setState({ status: 'saved' });
    else setState({ status: isValid ? 'waiting' : 'invalid' });
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: every change of what is written begins the pause anew
  useEffect(() => {
    changed();
    if (isReadOnly || !isValid) return;
    const timer = setTimeout(save, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [written, isValid, isReadOnly, save]);

  useEffect(() => {
    if (state.status === 'waiting' && !isReadOnly && isValid) {
      const timer = setTimeout(save, PAUSE_MS);
      return () => clearTimeout(timer);
    }
    if (state.status !== 'offline') return;
    const timer = setTimeout(save, RETRY_MS);
    window.addEventListener('online', save);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('online', save);
    };
  }, [state.status, isReadOnly, isValid, save]);

  useEffect(() => {
    const flush = () => {
      if (document.visibilityState === 'hidden' && isValid && !isReadOnly) void save();
    };
    document.addEventListener('visibilitychange', flush);
    return () => document.removeEventListener('visibilitychange', flush);
  }, [isValid, isReadOnly, save]);

  const isUnsaved = state.status !== 'saved' && !isReadOnly;
  useEffect(() => {
    if (!isUnsaved) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isUnsaved]);

  /** Goes on from another revision: what it holds counts as saved; with null nothing does, so that all is saved over it. */
  const rebase = useCallback((next: number, stored: Written<C> | null) => {
    base.current = next;
    halted.current = false;
    saved.current = stored;
    setSavedRevision(next);
    setState({ status: stored === null ? 'waiting' : 'saved' });
  }, []);

  const newestRevision = useCallback(() => base.current, []);
  /** Done once nothing is under way and nothing is left to save. */
  const saveNow = useCallback(async () => {
    await underWay.current;
    await save();
  }, [save]);
  return { state, revision: savedRevision, newestRevision, isUnsaved, saveNow, rebase };
}
