'use client';

import { useNow } from '@/components/ui/clock';
import { Notice } from '@/components/ui/notice';
import { formatNumber } from '@/components/ui/number';
import { duration } from '@/components/ui/time-words';
import type { ImportState } from './import-state';

/** How far the file is read, while it is; leaving the page stops nothing. */
export function ImportProgress({ state, isLost }: { state: ImportState; isLost: boolean }) {
  const now = useNow();
  const { processedBytes, sizeBytes, startedAt, counts, dryRun } = state;
  const percent = sizeBytes > 0 ? Math.min(99, Math.floor((processedBytes / sizeBytes) * 100)) : 0;
  const elapsedMs = startedAt && now ? now - Date.parse(startedAt) : 0;
  const leftMs =
    processedBytes > 0 && elapsedMs > 5_000 ? (elapsedMs / processedBytes) * (sizeBytes - processedBytes) : null;
  const label = dryRun ? 'Checking every row' : 'Importing';
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-col gap-1.5">
        <div className="flex items-baseline justify-between gap-4">
          <span className="font-medium">{state.status === 'queued' ? 'Waiting for its turn' : label}</span>
          <span className="figure text-ink-soft text-xs">
            {formatNumber(counts.rows)} rows · {percent}%
          </span>
        </div>
        <div
          role="progressbar"
          aria-label={label}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={percent}
          className="h-1.5 overflow-hidden rounded-xs bg-rule"
        >
          <div
            className="h-full bg-ink transition-[width] duration-500"
            style={{ width: `${Math.max(1, percent)}%` }}
          />
        </div>
        <p className="text-ink-faint text-xs">
          {leftMs !== null && leftMs > 0 ? `About ${duration(leftMs)} left. ` : ''}
          You can leave this page; it goes on by itself and can be found under Imports.
        </p>
      </div>
      {isLost && (
        <Notice tone="attention" title="The connection is lost" live>
          The import itself goes on. These numbers follow as soon as the server answers again.
        </Notice>
      )}
    </div>
  );
}
