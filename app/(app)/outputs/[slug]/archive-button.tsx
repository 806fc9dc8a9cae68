'use client';

import { Confirm } from '@/components/ui/alert-dialog';
import { answerOf } from '@/components/ui/answer-of';
import { Button } from '@/components/ui/button';
import { archiveTable } from '../actions';

export function ArchiveButton({ id, name }: { id: string; name: string }) {
  return (
    <Confirm
      title={`Archive “${name}”?`}
      action="Archive"
      trigger={<Button>Archive</Button>}
      onConfirm={async () => {
        const result = await answerOf(archiveTable(id));
        return result.ok ? undefined : result.error.message;
      }}
    >
      <p>New campaigns can no longer write into it. Its rows stay, here, as CSV and in SQL.</p>
    </Confirm>
  );
}
