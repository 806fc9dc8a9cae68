import { UserPlus } from 'lucide-react';
import type { Metadata } from 'next';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/section';
import { requireMember, requirePermission } from '@/lib/auth/current';
import { ROLES } from '@/lib/domain/role';
import { listInvitations, listMembers } from '@/lib/features/workspaces/list-members';
import { InvitationTable } from './invitation-table';
import { InviteButton } from './invite-button';
import { MemberTable } from './member-table';

export const metadata: Metadata = { title: 'Members' };

export default async function MembersPage() {
  const ctx = await requirePermission('members.manage');
  const { signedIn, membership } = await requireMember();
  const [members, invitations] = await Promise.all([listMembers(ctx), listInvitations(ctx)]);
  const roles = ROLES.filter((role) => role !== 'owner' || membership.role === 'owner');
  return (
    <div className="flex flex-col gap-12">
      <Section
        title={members.length === 1 ? '1 member' : `${members.length} members`}
        actions={
          <InviteButton
            roles={roles}
            trigger={
              <Button variant="primary">
                <UserPlus /> Invite
              </Button>
            }
          />
        }
      >
        <MemberTable
          ownId={signedIn.user.id}
          roles={roles}
          members={members.map(({ hasPassword: _, ...member }) => ({
            ...member,
            joinedAt: member.joinedAt.toISOString(),
          }))}
        />
      </Section>
      {invitations.length > 0 && (
        <Section title="Invited" description="They become members as soon as they accept.">
          <InvitationTable
            invitations={invitations.map(({ createdAt, expiresAt, ...rest }) => ({
              ...rest,
              createdAt: createdAt.toISOString(),
              expiresAt: expiresAt.toISOString(),
            }))}
          />
        </Section>
      )}
    </div>
  );
}
