import type { Tx } from '@/lib/db/client';

/**
 * Has everybody who waits for the hours of sending asked about again, because the clock that decides was changed: who may
 * be written to by the new one goes at once, and the others wait by it. Whoever holds a batch meanwhile sees the change
 * before putting anybody off.
 */
export async function judgeHoursAnew({ sql }: Tx, workspaceId: string): Promise<void> {
  await sql`
    update batches b set not_before = now() from runs r
    where r.workspace_id = ${workspaceId} and r.status in ('queuing', 'sending', 'paused')
      and b.workspace_id = r.workspace_id and b.run_id = r.id and b.state = 'ready' and b.waits_for = 'hours' and b.not_before > now()`;
}
