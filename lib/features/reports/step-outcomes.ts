import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import type { OutcomeCounts } from '@/lib/domain/outcome-counts';

export interface StepOutcome extends OutcomeCounts {
  step: number;
  name: string;
  kind: 'email' | 'sms';
}

/** What became of the messages of each step of a run, as last counted. */
export async function stepOutcomes(ctx: Ctx, runId: string): Promise<StepOutcome[]> {
  authorise(ctx, 'reports.read');
  const rows = await withTx(
    ctx,
    ({ sql }) => sql<StepOutcome[]>`
      select o.step, v.outline -> o.step::int ->> 'name' as name, v.outline -> o.step::int ->> 'kind' as kind, o.accepted,
        o.delivered, o.hard_bounced as "hardBounced", o.soft_bounced as "softBounced", o.complained,
        o.opened_by_people as "openedByPeople", o.opened_by_machines as "openedByMachines", o.opened_unknown as "openedUnknown",
        o.clicked, o.unsubscribed
      from run_outcomes o join runs r on r.workspace_id = o.workspace_id and r.id = o.run_id
      join campaign_versions v on v.id = r.version_id
      where o.workspace_id = ${ctx.workspaceId} and o.run_id = ${runId}
        and v.outline -> o.step::int ->> 'kind' in ('email', 'sms')
      order by o.step`,
  );
  return [...rows];
}
