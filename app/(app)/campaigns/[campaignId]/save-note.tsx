'use client';

import { Check, CloudOff, LoaderCircle, PencilLine } from 'lucide-react';
import { cn } from '@/components/ui/cn';
import type { SaveState } from './autosaver';

const LOOK = {
  saved: { icon: Check, style: 'text-ink-faint' },
  saving: { icon: LoaderCircle, style: 'text-ink-faint' },
  unfinished: { icon: PencilLine, style: 'text-attention-ink' },
  lost: { icon: CloudOff, style: 'text-attention-ink' },
  refused: { icon: CloudOff, style: 'text-failed-ink' },
  conflict: { icon: CloudOff, style: 'text-attention-ink' },
} as const;

function words(state: SaveState): string {
  switch (state.kind) {
    case 'saved':
      return state.once ? 'Saved' : 'Saved as you type';
    case 'saving':
      return 'Saving…';
    case 'unfinished':
      return `Not saved yet: ${state.message}`;
    case 'lost':
      return 'Not saved: no answer. Trying again.';
    case 'refused':
      return `Not saved: ${state.message}`;
    case 'conflict':
      return 'Not saved: somebody else was quicker';
  }
}

/** Whether what is on the screen is stored, in a few words that do not move anything. */
export function SaveNote({ state }: { state: SaveState }) {
  const { icon: Icon, style } = LOOK[state.kind];
  return (
    <span role="status" className={cn('flex min-w-0 items-center gap-1.5 text-sm', style)}>
      <Icon className={cn('size-4 shrink-0', state.kind === 'saving' && 'animate-spin')} aria-hidden="true" />
      {words(state)}
    </span>
  );
}
