import { Address } from '@/components/ui/address';
import { Avatar } from '@/components/ui/avatar';
import { Badge } from '@/components/ui/badge';
import { DataTable } from '@/components/ui/data-table';
import { RelativeTime } from '@/components/ui/relative-time';
import type { Role } from '@/lib/domain/role';
import { RemoveButton } from './remove-button';
import { ResetButton } from './reset-button';
import { RoleSelect } from './role-select';

interface MemberRow {
  userId: string;
  name: string;
  email: string;
  role: Role;
  joinedAt: string;
  hasSecondFactor: boolean;
}

interface MemberTableProps {
  members: MemberRow[];
  ownId: string;
  /** The roles the viewer may give. */
  roles: Role[];
}

export function MemberTable({ members, ownId, roles }: MemberTableProps) {
  const owners = members.filter(({ role }) => role === 'owner').length;
  const isFixed = ({ role }: MemberRow) => role === 'owner' && (owners === 1 || !roles.includes('owner'));
  return (
    <DataTable
      label="Members"
      rows={members}
      rowKey={({ userId }) => userId}
      columns={[
        {
          key: 'name',
          header: 'Name',
          cell: ({ userId, name, email }) => (
            <span className="flex min-w-0 items-center gap-3">
              <Avatar name={name} />
              <span className="min-w-0">
                <span className="flex items-center gap-2 font-medium">
                  <span className="truncate">{name}</span>
                  {userId === ownId && <Badge>You</Badge>}
                </span>
                <Address value={email} className="block text-ink-faint text-xs" />
              </span>
            </span>
          ),
        },
        {
          key: 'role',
          header: 'Role',
          width: '13rem',
          cell: (member) => <RoleSelect member={member} roles={roles} isFixed={isFixed(member)} />,
        },
        {
          key: 'factor',
          header: 'Two-factor',
          cell: ({ hasSecondFactor }) => (hasSecondFactor ? 'On' : <span className="text-ink-faint">Off</span>),
        },
        { key: 'joined', header: 'Joined', cell: ({ joinedAt }) => <RelativeTime at={joinedAt} />, from: 'lg' },
        {
          key: 'remove',
          header: 'Actions',
          stacked: 'plain',
          align: 'right',
          cell: (member) => {
            const { userId, name, role, hasSecondFactor } = member;
            const mayReset = hasSecondFactor && userId !== ownId && roles.includes(role);
            return (
              <span className="flex flex-wrap gap-1 md:justify-end">
                {mayReset && <ResetButton userId={userId} name={name} />}
                {!isFixed(member) && <RemoveButton userId={userId} name={name} isOneself={userId === ownId} />}
              </span>
            );
          },
        },
      ]}
    />
  );
}
