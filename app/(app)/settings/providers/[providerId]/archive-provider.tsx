'use client';

import { useRouter } from 'next/navigation';
import { Confirm } from '@/components/ui/alert-dialog';
import { answerOf } from '@/components/ui/answer-of';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import { archiveProvider } from '../actions';

export function ArchiveProvider({ id, name }: { id: string; name: string }) {
  const router = useRouter();
  return (
    <Confirm
      danger
      title={`Retire “${name}”?`}
      action="Retire"
      trigger={<Button variant="dangerQuiet">Retire</Button>}
      onConfirm={async () => {
        const result = await answerOf(archiveProvider(id));
        if (!result.ok) return result.error.message;
        toast.done(`“${name}” is retired; its secrets are forgotten.`);
        router.push('/settings/providers');
      }}
    >
      <p>
        Nothing is sent through it any more, and its secrets are deleted for good. What it sent stays in the history. It
        cannot be retired while a sender or a run uses it.
      </p>
    </Confirm>
  );
}
