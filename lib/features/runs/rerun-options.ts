import { authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { hasDeliveries } from '@/lib/domain/campaign';
import { exclusionReason, includedWhere, suppressionJoin } from '@/lib/features/audience/member-query';
import { gateChannelOf, loadRunIn, type QueuingRun } from '@/lib/features/runs/load-run';
import { type RerunKind, rerunAudience } from '@/lib/features/runs/rerun-audience';

export interface RerunOptions {
  /** Who match now and were not reached by any run of this campaign. */
  newMatches: number;
  /** Who match now. */
  everybody: number;
  /** Steps a new run may begin with, and for how many people. */
  fromStep: { step: number; name: string; people: number }[];
}

async function count({ sql }: Tx, run: QueuingRun, kind: RerunKind, fromStep: number): Promise<number> {
  const q = {
    workspaceId: run.workspaceId,
    audience: rerunAudience(run, kind),
    segmentRules: run.frozen.segmentRules,
    gateChannel: gateChannelOf(run.frozen.flow, fromStep),
    campaignId: run.campaignId,
    bounceLimit: run.bounceLimit,
    now: new Date(),
  };
  const [row] = await sql<{ n: number }[]>`
    select count(*) filter (where reason is null)::int as n from (
      select ${exclusionReason(sql, q)} as reason from contacts c ${suppressionJoin(sql, q)}
      where c.workspace_id = ${run.workspaceId} and ${includedWhere(sql, q)}) t`;
  return row?.n ?? 0;
}

/** How many people each kind of rerun would be for, as things are now; doubled addresses are found only when it starts. */
export async function rerunOptions(ctx: Ctx, runId: string): Promise<RerunOptions> {
  authorise(ctx, 'runs.read');
  return withTx(ctx, async (tx) => {
    const run = await loadRunIn(tx, ctx.workspaceId, runId);
    const later = run.frozen.flow.flatMap((step, index) =>
      hasDeliveries(step) && index > run.fromStep ? [{ step: index, name: step.name }] : [],
    );
    const fromStep: RerunOptions['fromStep'] = [];
    for (const each of later) fromStep.push({ ...each, people: await count(tx, run, 'from_step', each.step) });
    return {
      newMatches: await count(tx, run, 'new_matches', run.fromStep),
      everybody: await count(tx, run, 'everybody', run.fromStep),
      fromStep,
    };
  });
}
