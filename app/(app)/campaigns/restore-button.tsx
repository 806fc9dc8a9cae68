'use client';

import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { answerOf } from '@/components/ui/answer-of';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import { restore } from './actions';

export function RestoreButton({ campaignId }: { campaignId: string }) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  function bringBack() {
    startTransition(async () => {
      const result = await answerOf(restore({ campaignId }));
      if (!result.ok) toast.failed('It was not restored.', { description: result.error.message });
      router.refresh();
    });
  }
  return (
    <Button size="sm" pending={pending} onClick={bringBack}>
      Restore
    </Button>
  );
}
