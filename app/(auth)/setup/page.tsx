import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { isLaunchToken } from '@/lib/auth/launch-link';
import { env } from '@/lib/env';
import { isUnclaimed } from '@/lib/features/workspaces/create-first-account';
import { AuthHeading } from '../auth-heading';
import { timeZones } from '../time-zones';
import { SetupForm } from './setup-form';

export const metadata: Metadata = { title: 'First account' };

interface Props {
  searchParams: Promise<{ token?: string | string[] }>;
}

export default async function SetupPage({ searchParams }: Props) {
  const { token } = await searchParams;
  if (!(await isUnclaimed())) redirect('/sign-in');
  if (typeof token !== 'string' || !isLaunchToken('setup', token, env().WAYBILL_SECRET, Date.now())) {
    redirect('/sign-in/problem?error=Demo');
  }
  return (
    <>
      <AuthHeading title="Make the first account">
        <p>You become the owner of a first workspace. Colleagues are invited from there.</p>
      </AuthHeading>
      <SetupForm token={token} timeZones={timeZones()} />
    </>
  );
}
