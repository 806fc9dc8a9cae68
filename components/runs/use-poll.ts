'use client';

import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { Refused, readJson } from '@/components/shell/read-json';

const LOST_RETRY_MS = 3_000;
/** Coming back to the page asks again, unless it was asked just now. */
const FRESH_MS = 1_000;

interface PollOptions<T> {
  url: string;
  /** What the server drew the page with. */
  initial: T;
  /** Until the next question; false when nothing can change by itself any more. */
  everyMs: (known: T) => number | false;
}

export interface Poll<T> {
  data: T;
  /** `lost`: the last question was not answered, and is asked again. `gone`: asking again is pointless. */
  line: 'up' | 'lost' | 'signed_out' | 'gone';
  /** When `data` was true. */
  asOfMs: number;
  refresh: () => Promise<unknown>;
}

function lineOf(error: unknown): Poll<unknown>['line'] {
  if (!error) return 'up';
  const status = error instanceof Refused ? error.status : 0;
  if (status === 401) return 'signed_out';
  return status === 403 || status === 404 ? 'gone' : 'lost';
}

interface Known<T> {
  given: T;
  data: T;
  asOfMs: number;
  error: unknown;
}

const knownFrom = <T>(given: T): Known<T> => ({ given, data: given, asOfMs: Date.now(), error: null });

/** Asks an address again and again while something can change, in the foreground only; keeps the last answer when the line is lost. */
export function usePoll<T>({ url, initial, everyMs }: PollOptions<T>): Poll<T> {
  const [known, setKnown] = useState(() => knownFrom(initial));
  // the server drew the page anew: that is newer than what was asked for
  if (known.given !== initial) setKnown(knownFrom(initial));
  const asking = useRef<AbortController>(null);

  const ask = useCallback(async () => {
    asking.current?.abort();
    const controller = new AbortController();
    asking.current = controller;
    const { signal } = controller;
    try {
      const data = await readJson<T>(url, { signal });
      if (!signal.aborted) setKnown((before) => ({ ...before, data, asOfMs: Date.now(), error: null }));
    } catch (error) {
      if (!signal.aborted) setKnown((before) => ({ ...before, error }));
    }
  }, [url]);

  const pauseMs = useEffectEvent(() => {
    const line = lineOf(known.error);
    if (line === 'up') return everyMs(known.data);
    return line === 'lost' ? LOST_RETRY_MS : false;
  });

  const { asOfMs, error } = known;
  useEffect(() => {
    const pause = pauseMs();
    let isDue = false;
    function askNow() {
      if (document.visibilityState === 'visible') void ask();
      else isDue = true;
    }
    function comeBack() {
      const line = lineOf(error);
      const isOld = Date.now() - asOfMs > FRESH_MS;
      if (document.visibilityState === 'visible' && (isDue || (isOld && (line === 'up' || line === 'lost'))))
        void ask();
    }
    const timer = pause === false ? undefined : setTimeout(askNow, pause);
    document.addEventListener('visibilitychange', comeBack);
    window.addEventListener('online', comeBack);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', comeBack);
      window.removeEventListener('online', comeBack);
    };
  }, [ask, asOfMs, error]);
  useEffect(() => () => asking.current?.abort(), []);

  return { data: known.data, line: lineOf(error), asOfMs, refresh: ask };
}
