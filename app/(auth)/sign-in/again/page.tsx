import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { signOut } from '@/app/(app)/actions';
import { Address } from '@/components/ui/address';
import { SubmitButton } from '@/components/ui/submit-button';
import { requireSignedIn } from '@/lib/auth/current';
import { isProofFresh, PROOF_MINUTES } from '@/lib/auth/prove-identity';
import { safeReturnTo } from '@/lib/auth/return-to';
import { AuthHeading } from '../../auth-heading';
import { AgainForm } from './again-form';

export const metadata: Metadata = { title: 'Confirm that it is you' };

interface Props {
  searchParams: Promise<{ to?: string | string[] }>;
}

/** Asked before sensitive acts when somebody has been signed in for a while (OWASP ASVS 5.0 7.5.1). */
export default async function AgainPage({ searchParams }: Props) {
  const returnTo = safeReturnTo((await searchParams).to);
  const signedIn = await requireSignedIn();
  if (isProofFresh(signedIn)) redirect(returnTo);
  const { email, hasPassword, hasSecondFactor } = signedIn.user;
  const canProve = hasPassword || hasSecondFactor;
  return (
    <>
      <AuthHeading title="Confirm that it is you">
        <p>
          What comes next can give others access, and you signed in more than {PROOF_MINUTES} minutes ago as{' '}
          <strong className="font-medium text-ink">
            <Address value={email} />
          </strong>
          .
        </p>
        {!canProve && <p>You have no password: sign out, and sign in by a new link.</p>}
      </AuthHeading>
      {canProve ? (
        <AgainForm email={email} returnTo={returnTo} hasPassword={hasPassword} />
      ) : (
        <form action={signOut}>
          <SubmitButton size="lg">Sign out</SubmitButton>
        </form>
      )}
    </>
  );
}
