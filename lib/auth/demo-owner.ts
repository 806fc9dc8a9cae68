import { pool } from '@/lib/db/client';

/** The oldest owner of the demo workspace, whom the launcher's link signs in; null before the demo is seeded. */
export async function demoOwner(): Promise<{ userId: string; workspaceId: string } | null> {
  const [owner] = await pool()<{ userId: string; workspaceId: string }[]>`
    select m.user_id as "userId", w.id as "workspaceId" from workspaces w join members m on m.workspace_id = w.id
    where w.demo and m.role = 'owner' order by w.created_at, m.created_at limit 1`;
  return owner ?? null;
}
