'use client';

import { Confirm } from '@/components/ui/alert-dialog';
import { answerOf } from '@/components/ui/answer-of';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import { revokeKey } from './actions';

/** Ends a key for good. */
export function RevokeButton({ id, name }: { id: string; name: string }) {
  async function confirm(): Promise<string | undefined> {
    const result = await answerOf(revokeKey({ id }));
    if (!result.ok) return result.error.message;
    toast.done(`${name} is revoked.`);
  }
  return (
    <Confirm
      danger
      title={`Revoke ${name}?`}
      action="Revoke"
      onConfirm={confirm}
      trigger={
        <Button size="sm" variant="quiet" aria-label={`Revoke ${name}`}>
          Revoke
        </Button>
      }
    >
      <p>
        Whatever uses this key is refused from its next request on. This cannot be taken back; make a new key instead.
      </p>
    </Confirm>
  );
}
