'use client';

import { ShieldCheck } from 'lucide-react';
import { useTransition } from 'react';
import { answerOf } from '@/components/ui/answer-of';
import { Button } from '@/components/ui/button';
import { formatNumber } from '@/components/ui/number';
import { toast } from '@/components/ui/toast';
import { verifyChain } from './actions';

export function VerifyChain() {
  const [pending, startTransition] = useTransition();

  function verify() {
    startTransition(async () => {
      const result = await answerOf(verifyChain(null));
      if (!result.ok) {
        toast.failed('The log was not verified.', { description: result.error.message });
        return;
      }
      const { intact, entries, brokenAt, head } = result.data;
      const count = entries === 1 ? '1 entry' : `${formatNumber(entries)} entries`;
      if (intact)
        toast.done(`${count}, none changed or missing.`, {
          description: `Digest of the newest: ${head?.slice(0, 16) ?? 'none'}`,
        });
      else
        toast.failed(`The log was tampered with at entry ${brokenAt}.`, {
          description: `${count} before it are intact.`,
        });
    });
  }

  return (
    <Button onClick={verify} pending={pending}>
      <ShieldCheck /> Verify the log
    </Button>
  );
}
