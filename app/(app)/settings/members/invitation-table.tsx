import { Address } from '@/components/ui/address';
import { DataTable } from '@/components/ui/data-table';
import { RelativeTime } from '@/components/ui/relative-time';
import { Stamp } from '@/components/ui/stamp';
import type { Role } from '@/lib/domain/role';
import { ROLE_WORDS } from '@/lib/domain/role-words';
import { InvitationActions } from './invitation-actions';

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
          cell: ({ email }) => <Address value={email} />,
        },
        { key: 'role', header: 'Role', cell: ({ role }) => ROLE_WORDS[role].label },
        { key: 'by', header: 'Invited by', cell: ({ invitedBy }) => invitedBy, from: 'lg' },
        {
          key: 'until',
          header: 'Ends',
          cell: ({ expired, expiresAt }) => (expired ? <Stamp status="expired" /> : <RelativeTime at={expiresAt} />),
        },
        {
          key: 'actions',
          header: 'Actions',
          stacked: 'plain',
          align: 'right',
          cell: ({ id, email, role }) => <InvitationActions id={id} email={email} role={role} />,
        },
      ]}
    />
  );
}
