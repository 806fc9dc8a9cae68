'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { readJson } from '@/components/shell/read-json';
import { formatNumber, formatShare } from '@/components/ui/number';
import { Skeleton } from '@/components/ui/skeleton';

/** The number of people in a segment, counted when the row is looked at; it leads to them. */
export function SegmentCount({ segmentId, name }: { segmentId: string; name: string }) {
  const { data, error } = useQuery({
    queryKey: ['segment-count', segmentId],
    staleTime: 60_000,
    retry: 1,
    queryFn: ({ signal }) =>
      readJson<{ count: number; total: number }>(`/api/v1/segments/${segmentId}/count`, { signal }),
  });
  if (error) {
    return (
      <span className="text-ink-faint" title={error.message}>
        not counted
      </span>
    );
  }
  if (!data) return <Skeleton className="inline-block h-4 w-12 align-middle" />;
  return (
    <Link
      href={`/segments/${segmentId}/contacts`}
      aria-label={`${formatNumber(data.count)} contacts in ${name}`}
      title={`${formatShare(data.count, data.total)} of ${formatNumber(data.total)} contacts`}
      className="figure relative z-10 rounded-xs underline decoration-rule-strong underline-offset-4 hover:text-link hover:decoration-link"
    >
      {formatNumber(data.count)}
    </Link>
  );
}
