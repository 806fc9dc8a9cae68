import type { Metadata } from 'next';
import { TextLink } from '@/components/ui/link-button';
import { requireSignedIn } from '@/lib/auth/current';
import { AuthHeading } from '../../auth-heading';
import { timeZones } from '../../time-zones';
import { NewWorkspaceForm } from './new-workspace-form';

export const metadata: Metadata = { title: 'New workspace' };

export default async function NewWorkspacePage() {
  const { user, memberships } = await requireSignedIn();
  return (
    <>
      <AuthHeading title="New workspace">
        <p>Contacts, campaigns and members of one workspace are never seen from another.</p>
        {memberships.length === 0 && <p>{user.email} is not a member of any workspace at present.</p>}
      </AuthHeading>
      <NewWorkspaceForm timeZones={timeZones()} />
      {memberships.length > 0 && (
        <p className="pt-6">
          <TextLink href="/">Back to {memberships[0]?.name}</TextLink>
        </p>
      )}
    </>
  );
}
