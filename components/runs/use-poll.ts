'use client';

import { useQuery } from '@tanstack/react-query';
import { Refused, readJson } from '@/components/shell/read-json';

const LOST_RETRY_MS = 3_000;

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

function lineOf(error: Error | null): Poll<unknown>['line'] {
  if (!error) return 'up';
  const status = error instanceof Refused ? error.status : 0;
  if (status === 401) return 'signed_out';
  return status === 403 || status === 404 ? 'gone' : 'lost';
}

/** Asks an address again and again while something can change, in the foreground only; keeps the last answer when the line is lost. */
export function usePoll<T>({ url, initial, everyMs }: PollOptions<T>): Poll<T> {
  const query = useQuery<T>({
    queryKey: [url],
    queryFn: ({ signal }) => readJson<T>(url, { signal }),
    initialData: initial,
    retry: false,
    networkMode: 'always',
    refetchInterval: ({ state }) => {
      const line = lineOf(state.error);
      if (line === 'up') return everyMs(state.data ?? initial);
      return line === 'lost' ? LOST_RETRY_MS : false;
    },
  });
  return {
    data: query.data ?? initial,
    line: lineOf(query.error),
    asOfMs: query.dataUpdatedAt,
    refresh: query.refetch,
  };
}
