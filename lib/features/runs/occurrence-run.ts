import { actorLabel, type Ctx, systemCtx } from '@/lib/context';
import type { Tx } from '@/lib/db/client';
import { publicUrl } from '@/lib/env';
import { recordAudit } from '@/lib/features/history/record-audit';
import { announceRun } from '@/lib/features/runs/announce-run';
import { newId } from '@/lib/ids';

export interface OccurrenceRun {
  campaignId: string;
  versionId: string;
  /** Names the occurrence: a second run of it is not made. */
  key: string;
  plannedAt: Date;
  /** Why it waits for a person instead of starting, if it does. */
  held: string | null;
}

/** Makes the run of one occurrence, or answers null when there is one. One that is held waits for a person, who is told. */
export async function insertOccurrenceRun(tx: Tx, ctx: Ctx, occurrence: OccurrenceRun): Promise<string | null> {
  const { campaignId, versionId, key, plannedAt, held } = occurrence;
  const runId = newId('run');
  const pausedBy = held === null ? null : JSON.stringify({ type: 'system', id: 'sweep', name: 'the schedule' });
  const made = await tx.sql`
    insert into runs (id, workspace_id, campaign_id, version_id, occurrence_key, name, status, resume_status, status_reason, paused_by,
                      scheduled_at, started_at, base_url, max_per_second, launched_by)
    select ${runId}, c.workspace_id, c.id, v.id, ${key}, c.name, ${held === null ? 'queuing' : 'paused'},
           ${held === null ? null : 'queuing'}, ${held}, ${pausedBy}::jsonb, ${plannedAt}::timestamptz,
           case when ${held === null} then now() end, ${publicUrl()},
           (v.frozen #>> '{policy,maxPerSecond}')::float8, ${JSON.stringify(actorLabel(ctx))}::jsonb
    from campaigns c join campaign_versions v on v.workspace_id = c.workspace_id and v.id = ${versionId}
    where c.workspace_id = ${ctx.workspaceId} and c.id = ${campaignId}
    on conflict (workspace_id, campaign_id, occurrence_key) do nothing`;
  if (made.count === 0) return null;
  const subject = { subjectType: 'run', subjectId: runId };
  const data = { campaignId, versionId, occurrence: key, plannedAt: plannedAt.toISOString() };
  await recordAudit(tx, ctx, { action: 'run.launched', ...subject, data });
  if (held !== null) {
    await recordAudit(tx, ctx, { action: 'run.missed', ...subject, data: { reason: held } });
    await announceRun(tx, ctx.workspaceId, runId, 'missed', held);
  }
  return runId;
}

/** Ends a run that still waits for a person to start it, because its next occurrence is here; nothing of it was sent. */
export async function cancelHeldRun(tx: Tx, workspaceId: string, runId: string, reason: string): Promise<boolean> {
  const ended = await tx.sql`
    update runs set status = 'cancelled', status_reason = ${reason}, completed_at = now()
    where workspace_id = ${workspaceId} and id = ${runId} and status = 'paused' and started_at is null`;
  if (ended.count === 0) return false;
  const subject = { subjectType: 'run', subjectId: runId };
  await recordAudit(tx, systemCtx(workspaceId, 'the schedule'), {
    action: 'run.cancelled',
    ...subject,
    data: { reason },
  });
  return true;
}
