import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';

export interface TrailEntry {
  id: string;
  at: Date;
  actor: { type: string; id: string; name: string };
  action: string;
  data: Record<string, unknown>;
}

export interface RunTrail {
  /** Newest first. */
  entries: TrailEntry[];
  /** Processes that began to work while the run was under way: after a restart, sending goes on by itself. */
  restarts: Date[];
}

const MAX_ENTRIES = 200;
const MAX_RESTARTS = 30;

/** Everything people and the system did to a run, from the audit log, for everyone who may see the run. */
export async function runTrail(ctx: Ctx, runId: string): Promise<RunTrail> {
  authorise(ctx, 'runs.read');
  return withTx(ctx, async ({ sql }) => {
    const entries = await sql<TrailEntry[]>`
      select id, at, actor, action, data from audit_log
      where workspace_id = ${ctx.workspaceId} and subject_type = 'run' and subject_id = ${runId}
      order by id desc limit ${MAX_ENTRIES}`;
    const restarts = await sql<{ at: Date }[]>`
      select w.started_at as at from workers w join runs r on r.workspace_id = ${ctx.workspaceId} and r.id = ${runId}
      where w.started_at > r.started_at + interval '5 seconds' and w.started_at < coalesce(r.completed_at, now())
      order by w.started_at limit ${MAX_RESTARTS}`;
    return { entries: [...entries], restarts: restarts.map(({ at }) => at) };
  });
}
