import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import type { RunStatus } from '@/lib/domain/run';

/** The newest run of a campaign, or null before its first launch. */
export async function lastRunOf(ctx: Ctx, campaignId: string): Promise<{ id: string; status: RunStatus } | null> {
  authorise(ctx, 'campaigns.read');
  return withTx(ctx, async ({ sql }) => {
    const [row] = await sql<{ id: string; status: RunStatus }[]>`
      select id, status from runs where workspace_id = ${ctx.workspaceId} and campaign_id = ${campaignId}
      order by created_at desc, id desc limit 1`;
    return row ? { ...row } : null;
  });
}
