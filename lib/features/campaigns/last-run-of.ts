import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { RESENT_WAVE } from '@/lib/domain/delivery';
import type { RunStatus } from '@/lib/domain/run';
import type { StripCounts } from '@/lib/domain/strip';

export interface LastRun {
  id: string;
  status: RunStatus;
  /** Over all its steps, so that its stamp is the same here as on its own page. */
  counts: Pick<StripCounts, 'failed' | 'in_doubt'>;
}

/** The newest run of a campaign, or null before its first launch. */
export async function lastRunOf(ctx: Ctx, campaignId: string): Promise<LastRun | null> {
  authorise(ctx, 'campaigns.read');
  return withTx(ctx, async ({ sql }) => {
    const [row] = await sql<LastRun[]>`
      select r.id, r.status, (
        select jsonb_build_object('failed', coalesce(sum(k.n) filter (where k.state = 'failed'), 0),
                                  'in_doubt', coalesce(sum(k.n) filter (where k.state = 'in_doubt'), 0))
        from run_counters k
        where k.workspace_id = r.workspace_id and k.run_id = r.id and k.wave <> ${RESENT_WAVE}) as counts
      from runs r where r.workspace_id = ${ctx.workspaceId} and r.campaign_id = ${campaignId}
      order by r.created_at desc, r.id desc limit 1`;
    return row ? { ...row } : null;
  });
}
