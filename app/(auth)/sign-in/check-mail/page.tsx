import type { Metadata } from 'next';
import { TextLink } from '@/components/ui/link-button';
import { AuthHeading } from '../../auth-heading';
import { CheckMail } from '../check-mail';

export const metadata: Metadata = { title: 'Check your mail' };

export default function CheckMailPage() {
  return (
    <>
      <AuthHeading title="Sign in" />
      <CheckMail />
      <p className="pt-6">
        <TextLink href="/sign-in">Back to signing in</TextLink>
      </p>
    </>
  );
}
