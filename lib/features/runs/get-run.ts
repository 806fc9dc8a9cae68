import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import type { RunStatus } from '@/lib/domain/run';
import { AppError } from '@/lib/errors';

export interface Run {
  id: string;
  name: string;
  status: RunStatus;
  campaignId: string;
  campaignName: string;
  versionNumber: number;
  contentSha256: string;
  launchedBy: { type: string; id: string; name: string };
  createdAt: Date;
  rerunOf: string | null;
  fromStep: number;
  /** Which occurrence of a recurring campaign it is; out of turn if a person ran it between. */
  occurrence: { plannedAt: string; outOfTurn: boolean } | null;
  /** Every step of the flow, waits included; the position is the step's number. */
  outline: { id: string; name: string; kind: string }[];
  waveGate: 'interval' | 'manual';
  maxAttempts: number;
}

/** What does not change about a run while it is under way. Throws `not_found`. */
export async function getRun(ctx: Ctx, runId: string): Promise<Run> {
  authorise(ctx, 'runs.read');
  const [run] = await withTx(
    ctx,
    ({ sql }) => sql<Run[]>`
      select r.id, r.name, r.status, r.campaign_id as "campaignId", c.name as "campaignName", v.number as "versionNumber",
        v.content_sha256 as "contentSha256", r.launched_by as "launchedBy", r.created_at as "createdAt",
        r.rerun_of as "rerunOf", r.from_step as "fromStep", v.outline,
        (select jsonb_build_object('plannedAt', o.planned_at, 'outOfTurn', o.decided_by is not null) from occurrences o
          where o.workspace_id = r.workspace_id and o.run_id = r.id) as occurrence,
        coalesce(v.frozen #>> '{policy,waveGate}', 'interval') as "waveGate",
        coalesce((v.frozen #>> '{policy,maxAttempts}')::int, 3) as "maxAttempts"
      from runs r join campaign_versions v on v.id = r.version_id join campaigns c on c.id = r.campaign_id
      where r.workspace_id = ${ctx.workspaceId} and r.id = ${runId}`,
  );
  if (!run) throw new AppError('not_found', 'This run does not exist in this workspace.');
  return run;
}
