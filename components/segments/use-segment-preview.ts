'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { failureOf } from '@/components/shell/failure-of';
import { sendJson } from '@/components/shell/read-json';
import type { SegmentRule } from '@/lib/domain/segment';
import { useDebounced } from './use-debounced';

const DELAY_MS = 350;

export interface SampleContact {
  id: string;
  externalId: string | null;
  email: string | null;
  phone: string | null;
  firstName: string | null;
  lastName: string | null;
}

export interface SegmentPreview {
  count: number;
  /** False: an estimate. */
  isExact: boolean;
  total: number;
  samples: SampleContact[];
}

export interface LivePreview {
  data: SegmentPreview | undefined;
  error: Error | null;
  isCounting: boolean;
  /** What is shown is not of the rule as it stands now. */
  isOld: boolean;
}

/** Who matches a rule, asked again a moment after each change; while a line is unfinished (null) the last answer stays. */
export function useSegmentPreview(rule: SegmentRule | null): LivePreview {
  const settled = useDebounced(rule, DELAY_MS);
  const asked = settled ?? undefined;
  const query = useQuery({
    queryKey: ['segment-preview', asked],
    enabled: asked !== undefined,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    queryFn: ({ signal }) => sendJson<SegmentPreview>('/api/v1/segments/preview', { rule: asked }, { signal }),
  });
  const { data, isFetching } = query;
  const isOld = isFetching || rule === null || rule !== settled;
  return { data, error: failureOf(query), isCounting: isFetching, isOld };
}
