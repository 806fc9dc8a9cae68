import { redirect } from 'next/navigation';
import type { NextRequest } from 'next/server';
import { demoOwner } from '@/lib/auth/demo-owner';
import { isLaunchToken } from '@/lib/auth/launch-link';
import { openSession } from '@/lib/auth/open-session';
import { env } from '@/lib/env';

/** Signs the holder of the launcher's link in as an owner of the demo workspace. Not there outside demo mode. */
export async function GET(request: NextRequest): Promise<Response> {
  const { WAYBILL_DEMO, WAYBILL_SECRET } = env();
  if (WAYBILL_DEMO !== '1') return new Response('Not found', { status: 404 });
  const token = request.nextUrl.searchParams.get('token') ?? '';
  if (!isLaunchToken('demo', token, WAYBILL_SECRET, Date.now())) redirect('/sign-in/problem?error=Demo');
  const owner = await demoOwner();
  if (!owner) redirect('/sign-in');
  await openSession({ ...owner, startedBy: 'demo' });
  redirect('/');
}
