import { actorLabel, type Ctx } from '@/lib/context';
import type { Tx } from '@/lib/db/client';
import { readDatabaseNow } from '@/lib/db/clock';
import {
  type Expectation,
  nextOccurrences,
  planRecurrence,
  type Recurrence,
  type RecurrencePlan,
} from '@/lib/domain/recurrence';
import { recurrenceWords } from '@/lib/domain/recurrence-words';
import { AppError } from '@/lib/errors';
import { decidedAmong } from '@/lib/features/recurrences/occurrence-row';

/** The last activation of a recurring campaign. */
export interface RecurrenceRow {
  workspaceId: string;
  campaignId: string;
  versionId: string;
  /** Of the draft as it was activated. */
  revision: number;
  plan: RecurrencePlan;
  words: string;
  overlap: Recurrence['overlap'];
  expect: Expectation;
  status: 'active' | 'ended' | 'stopped';
  nextAt: Date | null;
  activatedAt: Date;
  activatedBy: { type: string; id: string; name: string };
  stoppedAt: Date | null;
}

type Sql = Tx['sql'];

const columns = (sql: Sql) => sql`
  workspace_id as "workspaceId", campaign_id as "campaignId", version_id as "versionId", revision, plan, words, overlap, expect, status,
  next_at as "nextAt", activated_at as "activatedAt", activated_by as "activatedBy", stopped_at as "stoppedAt"`;

/** The recurrence of a campaign, or null if it was never activated as one. */
export async function findRecurrence(
  { sql }: Pick<Tx, 'sql'>,
  workspaceId: string,
  campaignId: string,
): Promise<RecurrenceRow | null> {
  const [row] = await sql<RecurrenceRow[]>`
    select ${columns(sql)} from recurrences where workspace_id = ${workspaceId} and campaign_id = ${campaignId}`;
  return row ? { ...row } : null;
}

/** The same, held until the transaction ends, so that nothing starts meanwhile; throws `precondition` unless it is active. */
export async function lockActiveRecurrence(
  { sql }: Tx,
  workspaceId: string,
  campaignId: string,
): Promise<RecurrenceRow> {
  const [row] = await sql<RecurrenceRow[]>`
    select ${columns(sql)} from recurrences
    where workspace_id = ${workspaceId} and campaign_id = ${campaignId} and status = 'active' for update`;
  if (!row) throw new AppError('precondition', 'This campaign does not recur at the moment. Nothing was changed.');
  return row;
}

/** A due recurrence that nobody else is dealing with, held until the transaction ends; null when it is not due any more. */
export async function claimDueRecurrence(
  { sql }: Tx,
  workspaceId: string,
  campaignId: string,
): Promise<(RecurrenceRow & { nextAt: Date; now: Date }) | null> {
  const [row] = await sql<(RecurrenceRow & { nextAt: Date; now: Date })[]>`
    select ${columns(sql)}, now() as now from recurrences
    where workspace_id = ${workspaceId} and campaign_id = ${campaignId} and status = 'active' and next_at <= now()
    for update skip locked`;
  return row ?? null;
}

/** Notes and answers which occurrence comes next after a moment; none is the end of the recurrence. */
export async function moveToNext(tx: Tx, row: RecurrenceRow, after: Date): Promise<Date | null> {
  const nextAt = await nextUndecided(tx, row, row.plan, after);
  await tx.sql`
    update recurrences set next_at = ${nextAt}, status = ${nextAt ? 'active' : 'ended'}, stopped_at = case when ${nextAt === null} then now() end
    where workspace_id = ${row.workspaceId} and campaign_id = ${row.campaignId}`;
  return nextAt;
}

/** Takes back what was left out of a plan that has no such moment any more. */
async function forgetSkips(
  { sql }: Tx,
  ws: string,
  campaignId: string,
  plan: RecurrencePlan,
  now: Date,
): Promise<void> {
  const ahead = await sql<{ plannedAt: Date }[]>`
    select planned_at as "plannedAt" from occurrences
    where workspace_id = ${ws} and campaign_id = ${campaignId} and state = 'skipped' and planned_at > ${now}`;
  const gone = ahead.filter(({ plannedAt }) => !isPlanned(plan, plannedAt));
  if (gone.length > 0) {
    await sql`
      delete from occurrences where workspace_id = ${ws} and campaign_id = ${campaignId} and state = 'skipped'
        and planned_at = any(${gone.map(({ plannedAt }) => plannedAt.toISOString())}::timestamptz[])`;
  }
}

/** The first occurrence after a moment that nobody left out; where everything was, the first one. */
async function nextUndecided(
  tx: Tx,
  where: { workspaceId: string; campaignId: string },
  plan: RecurrencePlan,
  after: Date,
): Promise<Date | null> {
  const planned = nextOccurrences(plan, after, 50);
  const decided = await decidedAmong(tx, where, planned);
  return planned.find((at) => !decided.has(at.getTime())) ?? planned[0] ?? null;
}

/**
 * Lets a campaign recur from now on by a frozen version, in place of what it did before. What somebody left out of the
 * coming occurrences stays left out where the new plan has the same moment. Throws `precondition` for a plan without any.
 */
export async function startRecurrence(
  tx: Tx,
  ctx: Ctx,
  {
    campaignId,
    versionId,
    revision,
    recurrence,
  }: Pick<RecurrenceRow, 'campaignId' | 'versionId' | 'revision'> & { recurrence: Recurrence },
  timeZone: string,
): Promise<RecurrenceRow> {
  const { sql } = tx;
  const ws = ctx.workspaceId;
  const now = await readDatabaseNow(tx);
  const plan = planRecurrence(recurrence, { timeZone, now });
  await forgetSkips(tx, ws, campaignId, plan, now);
  const nextAt = await nextUndecided(tx, { workspaceId: ws, campaignId }, plan, now);
  if (!nextAt) {
    throw new AppError(
      'precondition',
      'Nothing was activated. Its schedule has no occurrence any more: change when it goes.',
    );
  }
  const { overlap, expect } = recurrence;
  const [row] = await sql<RecurrenceRow[]>`
    insert into recurrences (workspace_id, campaign_id, version_id, revision, plan, words, overlap, expect, status, next_at, activated_by)
    values (${ws}, ${campaignId}, ${versionId}, ${revision}, ${JSON.stringify(plan)}::jsonb, ${recurrenceWords(recurrence, timeZone)}, ${overlap},
            ${JSON.stringify(expect)}::jsonb, 'active', ${nextAt}, ${JSON.stringify(actorLabel(ctx))}::jsonb)
    on conflict (workspace_id, campaign_id) do update set version_id = excluded.version_id, revision = excluded.revision, plan = excluded.plan,
      words = excluded.words, overlap = excluded.overlap, expect = excluded.expect, status = 'active', next_at = excluded.next_at,
      activated_at = now(), activated_by = excluded.activated_by, stopped_at = null
    returning ${columns(sql)}`;
  if (!row) throw new Error('A recurrence that was just written is missing.');
  return row;
}

/** Whether a plan has an occurrence at this very moment. */
export function isPlanned(plan: RecurrencePlan, at: Date): boolean {
  return nextOccurrences(plan, new Date(at.getTime() - 1), 1)[0]?.getTime() === at.getTime();
}

/** Ends the coming occurrences, one that waits for its turn too. Answers whether there was anything to end. */
export async function stopRecurrence({ sql }: Tx, ctx: Ctx, campaignId: string): Promise<boolean> {
  const stopped = await sql`
    update recurrences set status = 'stopped', next_at = null, stopped_at = now()
    where workspace_id = ${ctx.workspaceId} and campaign_id = ${campaignId} and status = 'active'`;
  await sql`
    update occurrences set state = 'skipped', reason = 'The campaign was deactivated before it could start.',
      decided_by = ${JSON.stringify(actorLabel(ctx))}::jsonb, decided_at = now()
    where workspace_id = ${ctx.workspaceId} and campaign_id = ${campaignId} and state = 'waiting'`;
  return stopped.count > 0;
}
