'use client';

import { PlugZap } from 'lucide-react';
import { useTransition } from 'react';
import { answerOf } from '@/components/ui/answer-of';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import { verify } from '../actions';

/** Proves address and credentials; nothing is sent. */
export function VerifyButton({ id }: { id: string }) {
  const [pending, startTransition] = useTransition();

  function prove() {
    startTransition(async () => {
      const result = await answerOf(verify(id));
      if (!result.ok) toast.failed(result.error.message);
      else if (result.data.ok)
        toast.done('It answers, and it takes our credentials.', { description: result.data.text });
      else toast.failed('It does not work like this.', { description: result.data.text });
    });
  }

  return (
    <Button onClick={prove} pending={pending}>
      <PlugZap /> Verify
    </Button>
  );
}
