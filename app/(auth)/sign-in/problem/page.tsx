import type { Metadata } from 'next';
import { LinkButton } from '@/components/ui/link-button';
import { AuthHeading } from '../../auth-heading';

export const metadata: Metadata = { title: 'Signing in did not work' };

const WORDS: Record<string, { title: string; text: string }> = {
  Verification: {
    title: 'This link no longer works',
    text: 'It was used already, is older than 15 minutes, or was cut short by the mail program. Ask for a new one.',
  },
  AccessDenied: {
    title: 'This account cannot be signed in to',
    text: 'Ask an owner of your workspace. Nothing was changed.',
  },
  Demo: {
    title: 'This link no longer works',
    text: 'It is older than its time, or from another start. The terminal that runs Waybill shows a new one.',
  },
  Configuration: {
    title: 'Signing in is not set up correctly',
    text: 'Whoever operates this Waybill finds the cause in its log. Nothing was changed.',
  },
};

const OTHER = {
  title: 'Signing in did not work',
  text: 'Something went wrong on the way. Nothing was changed; try again.',
};

interface Props {
  searchParams: Promise<{ error?: string | string[] }>;
}

export default async function SignInProblemPage({ searchParams }: Props) {
  const { error } = await searchParams;
  const { title, text } = (typeof error === 'string' && Object.hasOwn(WORDS, error) && WORDS[error]) || OTHER;
  return (
    <>
      <AuthHeading title={title}>
        <p>{text}</p>
      </AuthHeading>
      <LinkButton href="/sign-in" variant="primary" size="lg" className="self-start">
        Back to signing in
      </LinkButton>
    </>
  );
}
