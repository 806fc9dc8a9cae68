'use client';

import { useTransition } from 'react';
import { Confirm } from '@/components/ui/alert-dialog';
import { answerOf } from '@/components/ui/answer-of';
import { Button } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data-table';
import { RelativeTime } from '@/components/ui/relative-time';
import { Stamp } from '@/components/ui/stamp';
import { toast } from '@/components/ui/toast';
import type { Role } from '@/lib/domain/role';
import { ROLE_WORDS } from '@/lib/domain/role-words';
import { invite, withdraw } from './actions';

interface InvitationRow {
  id: string;
  email: string;
  role: Role;
  invitedBy: string;
  createdAt: string;
  expiresAt: string;
  expired: boolean;
}

export function InvitationTable({ invitations }: { invitations: InvitationRow[] }) {
  return (
    <DataTable
      label="Open invitations"
      rows={invitations}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'email',
          header: 'Address',
          cell: ({ email }) => <span className="[overflow-wrap:anywhere]">{email}</span>,
        },
        { key: 'role', header: 'Role', cell: ({ role }) => ROLE_WORDS[role].label },
        { key: 'by', header: 'Invited by', cell: ({ invitedBy }) => invitedBy, from: 'lg' },
        {
          key: 'until',
          header: 'Ends',
          cell: ({ expired, expiresAt }) => (expired ? <Stamp status="expired" /> : <RelativeTime at={expiresAt} />),
        },
        { key: 'actions', header: 'Actions', align: 'right', cell: (row) => <InvitationActions {...row} /> },
      ]}
    />
  );
}

function InvitationActions({ id, email, role }: InvitationRow) {
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
