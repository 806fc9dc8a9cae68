'use client';

import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { RelativeTime } from '@/components/ui/relative-time';
import type { Edited, Saved } from './autosaver';

interface ConflictNoticeProps {
  message: string;
  mine: Edited;
  theirs: Saved;
  onSettle: (keepMine: boolean) => void;
}

const PARTS = [
  ['audience', 'who'],
  ['flow', 'what'],
  ['schedule', 'when it starts'],
  ['policy', 'pace and limits'],
  ['notify', 'who is told'],
] as const;

function differences(mine: Edited, theirs: Edited): string[] {
  const parts = PARTS.filter(([key]) => JSON.stringify(mine.draft[key]) !== JSON.stringify(theirs.draft[key]));
  return [...(mine.name.trim() === theirs.name ? [] : ['the name']), ...parts.map(([, words]) => words)];
}

/** Two people changed one campaign: nothing of either is thrown away before a person says so. */
export function ConflictNotice({ message, mine, theirs, onSettle }: ConflictNoticeProps) {
  const different = differences(mine, theirs);
  return (
    <Notice
      tone="attention"
      live
      title={message}
      actions={
        <>
          <Button size="sm" onClick={() => onSettle(false)}>
            Take the other
          </Button>
          <Button size="sm" variant="primary" onClick={() => onSettle(true)}>
            Keep mine
          </Button>
        </>
      }
    >
      Yours is still on this page, and nothing is lost.{' '}
      {different.length > 0 ? `The two differ in ${different.join(', ')}.` : 'The two are the same.'}{' '}
      {theirs.updatedAt && (
        <>
          The other is from <RelativeTime at={theirs.updatedAt} />.
        </>
      )}
    </Notice>
  );
}
