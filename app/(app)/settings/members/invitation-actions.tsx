'use client';

import { useTransition } from 'react';
import { Confirm } from '@/components/ui/alert-dialog';
import { answerOf } from '@/components/ui/answer-of';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import type { Role } from '@/lib/domain/role';
import { invite, withdraw } from './actions';

/** Sends an invitation again, or takes it back. */
export function InvitationActions({ id, email, role }: { id: string; email: string; role: Role }) {
  const [pending, startTransition] = useTransition();

  function again() {
    startTransition(async () => {
      const result = await answerOf(invite({ email, role }));
      if (!result.ok) toast.failed('No new invitation was sent.', { description: result.error.message });
      else if (result.data.link) toast.failed('The mail server did not take the message. Try again later.');
      else toast.done(`A new link is on its way to ${email}; the earlier one stopped working.`);
    });
  }

  async function confirm(): Promise<string | undefined> {
    const result = await answerOf(withdraw({ invitationId: id }));
    return result.ok ? undefined : result.error.message;
  }

  return (
    <span className="flex gap-1 md:justify-end">
      <Button size="sm" variant="quiet" pending={pending} onClick={again} aria-label={`Send again to ${email}`}>
        Send again
      </Button>
      <Confirm
        danger
        title="Withdraw this invitation?"
        action="Withdraw"
        onConfirm={confirm}
        trigger={
          <Button size="sm" variant="quiet" aria-label={`Withdraw the invitation of ${email}`}>
            Withdraw
          </Button>
        }
      >
        <p>The link in the mail to {email} stops working. You can invite them again at any time.</p>
      </Confirm>
    </span>
  );
}
