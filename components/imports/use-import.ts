'use client';

import { useQuery } from '@tanstack/react-query';
import { readJson } from '@/components/shell/read-json';
import { type ImportState, isUnderWay } from './import-state';

const POLL_MS = 1_000;
const RETRY_MS = 3_000;

/** An import as it is now; asked for again and again until it is over, also after the connection was lost. */
export function useImport(first: ImportState): { state: ImportState; isLost: boolean } {
  const { data, isError } = useQuery({
    queryKey: ['import', first.id],
    initialData: first,
    retry: false,
    networkMode: 'always',
    enabled: isUnderWay(first),
    refetchInterval: ({ state }) => (state.data && !isUnderWay(state.data) ? false : state.error ? RETRY_MS : POLL_MS),
    queryFn: ({ signal }) => readJson<ImportState>(`/api/v1/imports/${first.id}`, { signal }),
  });
  return { state: data, isLost: isError && isUnderWay(data) };
}
