import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Address } from '@/components/ui/address';
import { SubmitButton } from '@/components/ui/submit-button';
import { currentAwaited, currentSignedIn } from '@/lib/auth/current';
import { safeReturnTo } from '@/lib/auth/return-to';
import { AuthHeading } from '../../auth-heading';
import { startOver } from './actions';
import { CodeForm } from './code-form';

export const metadata: Metadata = { title: 'Enter your code' };

interface Props {
  searchParams: Promise<{ to?: string | string[] }>;
}

/** The second step of signing in, after a password, a mailed link or an invitation. */
export default async function CodePage({ searchParams }: Props) {
  const returnTo = safeReturnTo((await searchParams).to);
  const awaited = await currentAwaited();
  if (!awaited) redirect((await currentSignedIn()) ? returnTo : '/sign-in');
  return (
    <>
      <AuthHeading title="Enter your code">
        <p>
          To sign in as{' '}
          <strong className="font-medium text-ink">
            <Address value={awaited.email} />
          </strong>
          .
        </p>
      </AuthHeading>
      <CodeForm returnTo={returnTo} />
      <form action={startOver} className="pt-6">
        <SubmitButton variant="quiet" size="sm" className="-ml-3">
          Sign in as somebody else
        </SubmitButton>
      </form>
      <p className="pt-2 text-ink-faint text-xs">
        No app and no recovery code? An owner or admin of your workspace can reset it under Settings, Members.
      </p>
    </>
  );
}
