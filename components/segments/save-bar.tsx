'use client';

import { Button } from '@/components/ui/button';
import { formatNumber } from '@/components/ui/number';
import type { LivePreview } from './use-segment-preview';

interface SaveBarProps {
  preview: LivePreview;
  isDirty: boolean;
  isSaved: boolean;
  pending: boolean;
}

/** Stays at the lower edge while a rule is edited: on a small screen the number is far from the line being changed. */
export function SaveBar({ preview: { data, isOld }, isDirty, isSaved, pending }: SaveBarProps) {
  return (
    <div className="sticky bottom-0 z-20 -mx-4 flex items-center justify-between gap-4 border-ink border-t bg-paper px-4 py-3 sm:-mx-8 sm:px-8 lg:col-span-2 lg:mx-0 lg:px-0">
      <p className="min-w-0 truncate tabular-nums lg:invisible" aria-busy={isOld}>
        <span className="font-medium">{data ? formatNumber(data.count) : '…'}</span>{' '}
        <span className="text-ink-soft">{data?.count === 1 ? 'contact matches' : 'contacts match'}</span>
      </p>
      <span className="flex items-center gap-4">
        <span className="text-ink-faint text-xs max-sm:sr-only">
          {isSaved ? 'Everything is saved' : 'Not saved yet'}
        </span>
        <Button type="submit" variant="primary" pending={pending} disabled={!isDirty}>
          Save segment
        </Button>
      </span>
    </div>
  );
}
