import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { signOut, switchWorkspace } from '@/app/(app)/actions';
import { Notice } from '@/components/ui/notice';
import { SubmitButton } from '@/components/ui/submit-button';
import { currentMember, lacksSecondFactor, requireSignedIn } from '@/lib/auth/current';
import { safeReturnTo } from '@/lib/auth/return-to';
import { AuthHeading } from '../auth-heading';
import { SetUp } from './set-up';

export const metadata: Metadata = { title: 'Two-factor sign-in' };

interface Props {
  searchParams: Promise<{ to?: string | string[] }>;
}

/** Sets two-factor sign-in up: at one's own wish, or because the workspace asks for it before anything else. */
export default async function TwoFactorPage({ searchParams }: Props) {
  const returnTo = safeReturnTo((await searchParams).to);
  const signedIn = await requireSignedIn();
  const { user, memberships } = signedIn;
  if (user.hasSecondFactor) redirect('/settings/profile');
  const asking = memberships.filter((membership) => lacksSecondFactor(signedIn, membership));
  const others = memberships.filter((membership) => !asking.includes(membership));
  const isLocked = (await currentMember()) === null && asking.length > 0;
  return (
    <>
      <AuthHeading title="Two-factor sign-in">
        <p>Signing in then also takes a code from an app on your phone, so that a stolen password opens nothing.</p>
      </AuthHeading>
      {isLocked && (
        <Notice tone="attention" title={`${asking[0]?.name} asks for it`} className="mb-6">
          Set it up, and you go on where you were going.
        </Notice>
      )}
      <SetUp
        email={user.email}
        hasPassword={user.hasPassword}
        returnTo={isLocked || returnTo !== '/' ? returnTo : '/settings/profile'}
      />
      {isLocked && (
        <div className="flex flex-wrap gap-2 pt-6">
          {others.map(({ workspaceId, name }) => (
            <form key={workspaceId} action={switchWorkspace.bind(null, workspaceId)}>
              <SubmitButton variant="quiet" size="sm">{`Go to ${name} instead`}</SubmitButton>
            </form>
          ))}
          <form action={signOut}>
            <SubmitButton variant="quiet" size="sm" className="-ml-3">
              Sign out
            </SubmitButton>
          </form>
        </div>
      )}
    </>
  );
}
