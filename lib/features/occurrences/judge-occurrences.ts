import { systemCtx } from '@/lib/context';
import { pool, type Tx, withSystemTx } from '@/lib/db/client';
import { EARLIER_LOOKED_AT, judgeAudience, type Unexpected } from '@/lib/domain/expectation';
import type { Expectation } from '@/lib/domain/recurrence';
import { momentWords } from '@/lib/domain/recurrence-words';
import { isTerminal, type RunStatus } from '@/lib/domain/run';
import { recordAudit } from '@/lib/features/history/record-audit';
import { announceRun } from '@/lib/features/runs/announce-run';

interface Judged {
  workspaceId: string;
  campaignId: string;
  plannedAt: Date;
  runId: string;
  status: RunStatus;
  audience: number;
  completedAt: Date | null;
  dueBy: Date | null;
  expect: Expectation;
  timeZone: string;
}

const FACTS = `o.workspace_id as "workspaceId", o.campaign_id as "campaignId", o.planned_at as "plannedAt", o.run_id as "runId",
  r.status, coalesce(r.audience_count, 0) as audience, r.completed_at as "completedAt", o.due_by as "dueBy", c.expect,
  c.plan ->> 'timeZone' as "timeZone"
  from occurrences o join runs r on r.workspace_id = o.workspace_id and r.id = o.run_id
  join recurrences c on c.workspace_id = o.workspace_id and c.campaign_id = o.campaign_id`;

async function tell(tx: Tx, one: Judged, kind: Unexpected['kind'] | 'late', words: string): Promise<void> {
  await recordAudit(tx, systemCtx(one.workspaceId, 'the schedule'), {
    action: `campaign.occurrence_${kind}`,
    subjectType: 'campaign',
    subjectId: one.campaignId,
    data: { plannedAt: one.plannedAt.toISOString(), runId: one.runId, reason: words },
  });
  await announceRun(tx, one.workspaceId, one.runId, kind, words);
}

/** The audiences of the occurrences before, the newest first. */
async function earlierAudiences({ sql }: Tx, { workspaceId, campaignId, plannedAt }: Judged): Promise<number[]> {
  const rows = await sql<{ n: number }[]>`
    select r.audience_count as n from occurrences o join runs r on r.workspace_id = o.workspace_id and r.id = o.run_id
    where o.workspace_id = ${workspaceId} and o.campaign_id = ${campaignId} and o.planned_at < ${plannedAt}
      and r.queued_at is not null and r.audience_count is not null and r.status <> 'cancelled'
    order by o.planned_at desc limit ${EARLIER_LOOKED_AT}`;
  return rows.map(({ n }) => n);
}

async function judge(one: Judged): Promise<number> {
  return withSystemTx(async (tx) => {
    const isOver = one.status === 'cancelled' || one.status === 'failed';
    const found = isOver ? null : judgeAudience(one.audience, await earlierAudiences(tx, one), one.expect);
    const set = await tx.sql`
      update occurrences set judged_at = now(), unexpected = ${found?.kind ?? null}, unexpected_words = ${found?.words ?? null}
      where workspace_id = ${one.workspaceId} and campaign_id = ${one.campaignId} and planned_at = ${one.plannedAt}
        and judged_at is null`;
    if (set.count === 0 || !found) return 0;
    await tell(tx, one, found.kind, found.words);
    return 1;
  });
}

async function judgeTime(one: Judged): Promise<number> {
  return withSystemTx(async (tx) => {
    const { workspaceId, campaignId, plannedAt, status, completedAt, dueBy, timeZone } = one;
    const isLate = dueBy !== null && status !== 'cancelled' && (!isTerminal(status) || (completedAt ?? dueBy) > dueBy);
    const by = dueBy ? momentWords(dueBy, timeZone) : '';
    const words = isTerminal(status)
      ? `It should have been done by ${by} and was done on ${momentWords(completedAt ?? plannedAt, timeZone)}.`
      : `It should have been done by ${by} and is ${status}.`;
    const set = await tx.sql`
      update occurrences set late_at = case when ${isLate} then now() end, due_by = case when ${isLate} then due_by end,
        unexpected = case when ${isLate} then coalesce(unexpected, 'late') else unexpected end,
        unexpected_words = case when ${isLate} then concat_ws(' ', unexpected_words, ${words}::text) else unexpected_words end
      where workspace_id = ${workspaceId} and campaign_id = ${campaignId} and planned_at = ${plannedAt} and late_at is null
        and due_by is not null`;
    if (set.count === 0 || !isLate) return 0;
    await tell(tx, one, 'late', words);
    return 1;
  });
}

/**
 * Looks at what was expected of occurrences: that somebody is in the audience, about as many as usual, and that it is
 * done in time. Tells once of each that is not, however often this runs and wherever. Answers how many were told.
 */
export async function judgeOccurrences(): Promise<number> {
  const queued = await pool()<Judged[]>`
    select ${pool().unsafe(FACTS)}
    where o.run_id is not null and o.judged_at is null
      and (r.queued_at is not null or r.status in ('completed', 'cancelled', 'failed')) limit 200`;
  let told = 0;
  for (const one of queued) told += await judge(one);
  const late = await pool()<Judged[]>`
    select ${pool().unsafe(FACTS)} where o.due_by < now() and o.late_at is null limit 200`;
  for (const one of late) told += await judgeTime(one);
  return told;
}
