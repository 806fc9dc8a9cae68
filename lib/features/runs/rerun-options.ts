import { authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { databaseNow } from '@/lib/db/clock';
import { gateChannelOf, hasDeliveries } from '@/lib/domain/campaign';
import type { ErrorClass } from '@/lib/domain/delivery-error';
import { countAudienceIn } from '@/lib/features/audience/count-audience';
import { loadRunIn, type QueuingRun } from '@/lib/features/runs/load-run';
import { type RerunKind, rerunAudience } from '@/lib/features/runs/rerun-audience';
import { expectedTotals, stepTotals } from '@/lib/features/runs/step-totals';

export interface RerunOptions {
  /** Deliveries that are waiting: what continuing would go on with. */
  waiting: number;
  /** Failed deliveries by the class of their error: what retrying would put back into the queue. */
  failed: { errorClass: ErrorClass; n: number }[];
  inDoubt: number;
  /** Who match now and were not reached by any run of this campaign. */
  newMatches: number;
  /** Who match now. */
  everybody: number;
  /** Steps a new run may begin with, and how many got past the step before it and may still be written to. */
  fromStep: { step: number; name: string; people: number }[];
}

async function count(tx: Tx, run: QueuingRun, kind: RerunKind, fromStep: number): Promise<number> {
  const { audience } = await countAudienceIn(tx, {
    workspaceId: run.workspaceId,
    audience: rerunAudience(run, kind, fromStep),
    segmentRules: run.frozen.segmentRules,
    gateChannel: gateChannelOf(run.frozen.flow, fromStep),
    campaignId: run.campaignId,
    bounceLimit: run.bounceLimit,
    now: databaseNow(),
    timeZone: run.timeZone,
  });
  return audience;
}

async function leftOver(tx: Tx, run: QueuingRun): Promise<Pick<RerunOptions, 'waiting' | 'failed' | 'inDoubt'>> {
  const failed = await tx.sql<{ errorClass: ErrorClass; n: number }[]>`
    select d.error_class as "errorClass", count(*)::int as n from delivery_issues i join deliveries d on d.id = i.delivery_id
    where i.workspace_id = ${run.workspaceId} and i.run_id = ${run.id} and i.state = 'failed' and d.state = 'failed'
    group by 1 order by 1`;
  const [row] = await tx.sql<{ audience: number }[]>`
    select coalesce(audience_count, 0) as audience from runs where workspace_id = ${run.workspaceId} and id = ${run.id}`;
  const totals = await stepTotals(tx, run.workspaceId, run.id);
  const steps = expectedTotals(run.frozen.flow, run.fromStep, totals, row?.audience ?? 0);
  const sum = (state: 'waiting' | 'in_doubt') => steps.reduce((all, { counts }) => all + counts[state], 0);
  return { waiting: sum('waiting'), failed: [...failed], inDoubt: sum('in_doubt') };
}

/** How many each way on would be for, as things are now, counted as the verb or the run itself would. */
export async function rerunOptions(ctx: Ctx, runId: string): Promise<RerunOptions> {
  authorise(ctx, 'runs.read');
  return withTx(ctx, async (tx) => {
    const run = await loadRunIn(tx, ctx.workspaceId, runId);
    const fromStep: RerunOptions['fromStep'] = [];
    for (const [step, { kind, name }] of run.frozen.flow.entries()) {
      if (!hasDeliveries({ kind }) || step <= run.fromStep) continue;
      fromStep.push({ step, name, people: await count(tx, run, 'from_step', step) });
    }
    return {
      ...(await leftOver(tx, run)),
      newMatches: await count(tx, run, 'new_matches', run.fromStep),
      everybody: await count(tx, run, 'everybody', run.fromStep),
      fromStep,
    };
  });
}
