'use client';

import { Check, CircleAlert, CloudOff, LoaderCircle, Users } from 'lucide-react';
import { cn } from '@/components/ui/cn';
import type { SavingState } from './use-saving';

interface SaveStatusProps {
  state: SavingState;
  isReadOnly: boolean;
  /** What the grammar refuses just now. */
  mistakes: number;
  className?: string;
}

/** Whether what is on the screen is kept, in a few words. */
export function SaveStatus({ state, isReadOnly, mistakes, className }: SaveStatusProps) {
  const { icon: Icon, text, tone } = words(state, isReadOnly, mistakes);
  return (
    <p
      role="status"
      data-saving={state.status}
      className={cn('flex items-center gap-1.5 whitespace-nowrap text-xs', tone, className)}
    >
      <Icon aria-hidden="true" className={cn('size-3.5', state.status === 'saving' && 'animate-spin')} />
      {text}
    </p>
  );
}

function words(state: SavingState, isReadOnly: boolean, mistakes: number) {
  const faint = 'text-ink-faint';
  if (isReadOnly) return { icon: Check, text: 'Read only', tone: faint };
  switch (state.status) {
    case 'saved':
      return { icon: Check, text: 'Saved', tone: faint };
    case 'waiting':
    case 'saving':
      return { icon: LoaderCircle, text: 'Saving…', tone: faint };
    case 'invalid':
      return {
        icon: CircleAlert,
        text: mistakes === 1 ? 'Not saved: 1 thing to put right' : `Not saved: ${mistakes} things to put right`,
        tone: 'text-failed-ink',
      };
    case 'offline':
      return { icon: CloudOff, text: 'Not saved yet: trying again', tone: 'text-attention-ink' };
    case 'conflict':
      return { icon: Users, text: 'Not saved: changed by somebody else', tone: 'text-attention-ink' };
    case 'refused':
      return { icon: CircleAlert, text: 'Not saved', tone: 'text-failed-ink' };
  }
}
