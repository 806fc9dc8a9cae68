import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Notice } from '@/components/ui/notice';
import { currentSignedIn } from '@/lib/auth/current';
import { safeReturnTo } from '@/lib/auth/return-to';
import { env } from '@/lib/env';
import { isUnclaimed } from '@/lib/features/workspaces/create-first-account';
import { AuthHeading } from '../auth-heading';
import { SignInForm } from './sign-in-form';

export const metadata: Metadata = { title: 'Sign in' };

interface Props {
  searchParams: Promise<{ to?: string | string[]; callbackUrl?: string | string[] }>;
}

export default async function SignInPage({ searchParams }: Props) {
  const { to } = await searchParams;
  const returnTo = safeReturnTo(to);
  if (await currentSignedIn()) redirect(returnTo);
  const { WAYBILL_MAIL_URL: mailUrl, WAYBILL_DEMO: demo } = env();
  return (
    <>
      <AuthHeading title="Sign in">
        {returnTo !== '/' && <p>You will be back where you were going right after.</p>}
      </AuthHeading>
      {(await isUnclaimed()) && (
        <Notice tone="attention" title="Nobody has an account here yet" className="mb-6">
          The terminal that started Waybill shows a link that makes the first one.
        </Notice>
      )}
      <SignInForm returnTo={returnTo} canMail={Boolean(mailUrl)} />
      {demo === '1' && (
        <p className="pt-8 text-ink-faint text-xs">
          This is a demo: the terminal that started it shows a link that signs you in with one click.
        </p>
      )}
    </>
  );
}
