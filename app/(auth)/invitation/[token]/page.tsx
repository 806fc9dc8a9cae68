import type { Metadata } from 'next';
import { Address } from '@/components/ui/address';
import { LinkButton } from '@/components/ui/link-button';
import { Notice } from '@/components/ui/notice';
import { currentSignedIn } from '@/lib/auth/current';
import { ROLE_WORDS } from '@/lib/domain/role-words';
import { readInvitation } from '@/lib/features/workspaces/accept-invitation';
import { AuthHeading } from '../../auth-heading';
import { AcceptForm } from './accept-form';

export const metadata: Metadata = { title: 'Invitation' };

interface Props {
  params: Promise<{ token: string }>;
}

export default async function InvitationPage({ params }: Props) {
  const { token } = await params;
  const [invitation, signedIn] = await Promise.all([readInvitation(token), currentSignedIn()]);
  if (!invitation) {
    return (
      <>
        <AuthHeading title="This invitation no longer works">
          <p>It was used already, withdrawn, replaced by a newer one, or is older than 7 days.</p>
          <p>If you joined with it before, simply sign in. Otherwise ask whoever invited you for a new one.</p>
        </AuthHeading>
        <LinkButton href="/sign-in" variant="primary" size="lg" className="self-start">
          Sign in
        </LinkButton>
      </>
    );
  }
  const { email, hasAccount, invitedBy, role, workspaceName } = invitation;
  const { label, can } = ROLE_WORDS[role];
  const isSomebodyElse = signedIn !== null && signedIn.user.email !== email;
  return (
    <>
      <AuthHeading title={`Join ${workspaceName}`}>
        <p>
          {invitedBy ?? 'A colleague'} invites{' '}
          <strong className="font-medium text-ink">
            <Address value={email} />
          </strong>{' '}
          as {label.toLowerCase()}. {can}
        </p>
      </AuthHeading>
      {isSomebodyElse && (
        <Notice tone="attention" title={`You are signed in as ${signedIn.user.email}`} className="mb-6">
          Accepting signs you in as {email} instead.
        </Notice>
      )}
      <AcceptForm token={token} email={email} workspaceName={workspaceName} hasAccount={hasAccount} />
    </>
  );
}
