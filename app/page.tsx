import { redirect } from 'next/navigation';
import { requireMember } from '@/lib/auth/current';

/** Everybody's start: the service desk for those who have nothing else, the overview for the rest. */
export default async function StartPage() {
  const { membership } = await requireMember();
  redirect(membership.role === 'service_agent' ? '/service' : '/overview');
}
