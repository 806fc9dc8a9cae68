'use client';

import { useEffect, useState } from 'react';
import { readJson } from '@/components/shell/read-json';
import { Link } from '@/components/ui/link';
import { counted, formatNumber, formatShare } from '@/components/ui/number';
import { Skeleton } from '@/components/ui/skeleton';

interface Count {
  count: number;
  isExact: boolean;
  total: number;
}

const AGAIN_MS = 8_000;

/** The number of people in a segment, counted when the row is looked at, an estimate first where that takes long; it leads to them. */
export function SegmentCount({ segmentId, name }: { segmentId: string; name: string }) {
  const [data, setData] = useState<Count>();
  const [error, setError] = useState<Error>();
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    let again: ReturnType<typeof setTimeout>;
    const url = `/api/v1/segments/${segmentId}/count`;
    function ask() {
      readJson<Count>(url, { signal }).then(tell, (failure: Error) => {
        if (signal.aborted) return;
        setError(failure);
        again = setTimeout(ask, AGAIN_MS);
      });
    }
    function tell(found: Count) {
      setData(found);
      // the estimate stays if counting to the end fails
      if (!found.isExact) readJson<Count>(`${url}?exact=true`, { signal }).then(setData, () => undefined);
    }
    ask();
    return () => {
      controller.abort();
      clearTimeout(again);
    };
  }, [segmentId]);
  if (error && !data) {
    return (
      <span className="text-ink-faint text-xs" title={error.message}>
        not counted; asking again
      </span>
    );
  }
  if (!data) return <Skeleton className="inline-block h-4 w-12 align-middle" />;
  return (
    <Link
      href={`/segments/${segmentId}/contacts`}
      aria-label={`${data.isExact ? '' : 'about '}${counted(data.count, 'contact', 'contacts')} in ${name}`}
      title={`${formatShare(data.count, data.total)} of ${formatNumber(data.total)} contacts`}
      className="figure relative z-10 rounded-xs underline decoration-rule-strong underline-offset-4 hover:text-link hover:decoration-link"
    >
      {!data.isExact && 'about '}
      {formatNumber(data.count)}
    </Link>
  );
}
