import { redirect } from 'next/navigation';
import type { NextRequest } from 'next/server';
import { isLaunchToken } from '@/lib/auth/launch-link';
import { openSession } from '@/lib/auth/open-session';
import { pool } from '@/lib/db/client';
import { env } from '@/lib/env';

/** Signs the holder of the launcher's link in as an owner of the demo workspace. Not there outside demo mode. */
export async function GET(request: NextRequest): Promise<Response> {
  const { WAYBILL_DEMO, WAYBILL_SECRET } = env();
  if (WAYBILL_DEMO !== '1') return new Response('Not found', { status: 404 });
  const token = request.nextUrl.searchParams.get('token') ?? '';
  if (!isLaunchToken('demo', token, WAYBILL_SECRET, Date.now())) redirect('/sign-in/problem?error=Demo');
  const [owner] = await pool()<{ userId: string; workspaceId: string }[]>`
    select m.user_id as "userId", w.id as "workspaceId" from workspaces w join members m on m.workspace_id = w.id
    where w.demo and m.role = 'owner' order by w.created_at, m.created_at limit 1`;
  if (!owner) redirect('/sign-in');
  await openSession({ ...owner, startedBy: 'demo' });
  redirect('/');
}
