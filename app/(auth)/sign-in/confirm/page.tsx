import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Address } from '@/components/ui/address';
import { Button } from '@/components/ui/button';
import { TextLink } from '@/components/ui/link-button';
import { readSignInEmail } from '@/lib/auth/email-address';
import { AuthHeading } from '../../auth-heading';

export const metadata: Metadata = { title: 'Confirm signing in' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Where a mailed link leads. Only the button uses the link up: mail scanners visit addresses but press nothing. */
export default async function ConfirmPage({ searchParams }: Props) {
  const { token, email: given, callbackUrl } = await searchParams;
  const email = readSignInEmail(given);
  if (typeof token !== 'string' || !email) redirect('/sign-in/problem?error=Verification');
  return (
    <>
      <AuthHeading title="Sign in">
        <p>
          As{' '}
          <strong className="font-medium text-ink">
            <Address value={email} />
          </strong>
          , in this browser.
        </p>
      </AuthHeading>
      <form method="get" action="/api/auth/callback/email">
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="email" value={email} />
        <input type="hidden" name="callbackUrl" value={typeof callbackUrl === 'string' ? callbackUrl : '/'} />
        <Button type="submit" variant="primary" size="lg" className="w-full" autoFocus>
          Sign in
        </Button>
      </form>
      <p className="pt-6 text-ink-faint text-xs">
        Not you? Close this page; nothing happens. <TextLink href="/sign-in">Sign in as somebody else</TextLink>
      </p>
    </>
  );
}
