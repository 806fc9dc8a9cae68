'use client';

import { Confirm } from '@/components/ui/alert-dialog';
import { answerOf } from '@/components/ui/answer-of';
import { Button } from '@/components/ui/button';
import { archive } from './actions';

export function ArchiveSender({ id, name }: { id: string; name: string }) {
  return (
    <Confirm
      title={`Take “${name}” out of use?`}
      action="Take out of use"
      trigger={
        <Button size="sm" variant="quiet" aria-label={`Take ${name} out of use`}>
          Remove
        </Button>
      }
      onConfirm={async () => {
        const result = await answerOf(archive(id));
        return result.ok ? undefined : result.error.message;
      }}
    >
      <p>New campaigns can no longer choose it. Those that were launched go on sending as they were launched.</p>
    </Confirm>
  );
}
