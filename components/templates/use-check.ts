import { useEffect, useState } from 'react';
import { ApiProblem, apiCall } from './api-call';

export interface Finding {
  code: 'unknown_tag' | 'no_fallback' | 'no_unsubscribe_link' | 'no_postal_address';
  isCritical: boolean;
  field: string | null;
  contacts: number;
  message: string;
}

/** Without an answer it is asked again by itself. */
const AGAIN_MS = 4_000;
const PAUSE_MS = 900;

/** What would go wrong for how many contacts; undefined until it is known. */
export function useCheck(channel: 'email' | 'sms', content: unknown): { findings?: Finding[]; problem?: string } {
  const [result, setResult] = useState<{ findings?: Finding[]; problem?: string }>({});
  const [lost, setLost] = useState(0);

  useEffect(() => {
    if (content === null) return;
    let isStale = false;
    let again: ReturnType<typeof setTimeout>;
    const timer = setTimeout(async () => {
      try {
        const call = { method: 'POST' as const, json: { channel, content } };
        const answer = await apiCall<{ findings: Finding[] }>('templates/check', call);
        if (!isStale) setResult(answer);
      } catch (error) {
        if (isStale) return;
        if (!(error instanceof ApiProblem)) throw error;
        setResult({ problem: error.message });
        if (error.code === 'offline') again = setTimeout(() => setLost(lost + 1), AGAIN_MS);
      }
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      clearTimeout(again);
      isStale = true;
    };
  }, [channel, content, lost]);

  return result;
}
