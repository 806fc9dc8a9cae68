'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Refused } from './read-json';

const LONGEST_PAUSE_MS = 10_000;

/** A question that was refused is not asked again; one that was not answered is, until it is. */
function isWorthAsking(_: number, error: Error): boolean {
  return error instanceof Refused && (error.status === 0 || error.status === 429 || error.status >= 500);
}

/** What live parts of a page stand in. Reads are kept while the page is open. */
export function LiveData({ children }: { children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            retry: isWorthAsking,
            retryDelay: (failures) => Math.min(1_000 * 2 ** failures, LONGEST_PAUSE_MS),
            networkMode: 'always',
            staleTime: 1_000,
            refetchOnWindowFocus: true,
          },
        },
      }),
  );
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
