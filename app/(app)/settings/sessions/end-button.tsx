'use client';

import { useTransition } from 'react';
import { answerOf } from '@/components/ui/answer-of';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import { endOne } from './actions';

/** Ends one session elsewhere. */
export function EndButton({ id, device }: { id: string; device: string }) {
  const [pending, startTransition] = useTransition();
  function end() {
    startTransition(async () => {
      const result = await answerOf(endOne({ sessionId: id }));
      if (result.ok) toast.done('The session has ended.');
      else toast.failed('The session was not ended.', { description: result.error.message });
    });
  }
  return (
    <Button size="sm" variant="quiet" pending={pending} onClick={end} aria-label={`End the session on ${device}`}>
      End
    </Button>
  );
}
