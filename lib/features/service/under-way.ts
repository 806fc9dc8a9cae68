import type { Tx } from '@/lib/db/client';
import type { DeliveryState } from '@/lib/domain/delivery';
import type { ErrorClass } from '@/lib/domain/delivery-error';
import type { RunStatus } from '@/lib/domain/run';
import { type CampaignHours, hoursOf } from '@/lib/domain/send-hours';
import type { StepLine, UnderWay } from '@/lib/domain/service-history';
import type { Contact } from '@/lib/features/contacts/contact-row';
import { deliveryIdToPublic } from '@/lib/ids';

interface RunRow {
  id: string;
  campaign: string;
  status: RunStatus;
  statusReason: string | null;
  fromStep: number;
  outline: { name: string; kind: StepLine['kind'] }[];
  wave: number;
  hours: CampaignHours | null;
  expiresAt: Date | null;
}

interface DeliveryRow {
  runId: string;
  id: string;
  step: number;
  state: DeliveryState;
  settledAt: Date | null;
  skipReason: string | null;
  errorClass: ErrorClass | null;
  errorCode: string | null;
  batchState: 'held' | 'ready' | 'done';
  notBefore: Date;
  waitsFor: 'hours' | null;
  wave: number;
}

const MOST_RUNS = 100;

function waitOf(run: RunRow, row: DeliveryRow, isUnwanted: boolean, now: Date): StepLine['waits'] {
  if (row.state !== 'queued') return null;
  if (isUnwanted) return { why: 'unwanted' };
  if (run.status === 'paused') return { why: 'paused' };
  if (row.batchState === 'held') return { why: 'wave', wave: row.wave };
  if (row.notBefore <= now) return { why: 'turn' };
  const until = row.notBefore.toISOString();
  const kind = run.outline[row.step]?.kind;
  const hours = kind === 'email' || kind === 'sms' ? hoursOf(kind, run.hours ?? undefined, undefined) : null;
  if (row.waitsFor !== 'hours' || !hours) return { why: 'time', until };
  if (run.expiresAt && row.notBefore >= run.expiresAt) return { why: 'too_late', until };
  return { why: 'hours', until, opens: { at: hours.from, whose: hours.whose } };
}

/** Who does not want a channel is skipped at the last moment before sending. */
type Wishes = Pick<Contact, 'emailOptedOutAt' | 'smsOptedOutAt' | 'doNotMarket'>;

function isUnwanted({ emailOptedOutAt, smsOptedOutAt, doNotMarket }: Wishes, kind: StepLine['kind']): boolean {
  if (kind === 'email') return doNotMarket || emailOptedOutAt !== null;
  return kind === 'sms' && (doNotMarket || smsOptedOutAt !== null);
}

function stepsOf(run: RunRow, rows: readonly DeliveryRow[], wishes: Wishes, now: Date): StepLine[] {
  const own = rows.filter(({ runId }) => runId === run.id);
  const isOver = own.some(({ state }) => state === 'cancelled');
  return run.outline.flatMap(({ name, kind }, step): StepLine[] => {
    if (kind === 'wait' || step < run.fromStep) return [];
    const row = own.find((one) => one.step === step);
    const base = { name, kind, waits: null, at: null, skipReason: null, error: null, deliveryId: null };
    if (!row) return isOver ? [] : [{ ...base, state: 'ahead' }];
    const { errorClass, errorCode } = row;
    return [
      {
        ...base,
        state: row.state,
        at: row.settledAt?.toISOString() ?? null,
        waits: waitOf(run, row, isUnwanted(wishes, kind), now),
        skipReason: row.skipReason,
        error: errorCode === null ? null : { class: errorClass, code: errorCode },
        deliveryId: deliveryIdToPublic(row.id),
      },
    ];
  });
}

/** The runs that are under way and have this contact in their audience: how far it has come, and what waits for what. */
export async function runsUnderWay(
  { sql }: Tx,
  workspaceId: string,
  contact: Wishes & { id: string },
  now: Date,
): Promise<UnderWay[]> {
  const contactId = contact.id;
  const runs = await sql<RunRow[]>`
    select r.id, k.name as campaign, r.status, r.status_reason as "statusReason", r.from_step as "fromStep", v.outline,
           m.wave, v.frozen #> '{policy,hours}' as hours,
           r.started_at + (v.frozen #>> '{policy,expireAfterMs}')::float8 * interval '1 ms' as "expiresAt"
    from runs r
    join run_members m on m.workspace_id = ${workspaceId} and m.run_id = r.id and m.contact_id = ${contactId}
    join campaigns k on k.workspace_id = ${workspaceId} and k.id = r.campaign_id
    join campaign_versions v on v.workspace_id = ${workspaceId} and v.id = r.version_id
    where r.workspace_id = ${workspaceId} and r.status in ('queuing', 'sending', 'paused') and m.wave is not null
    order by r.created_at desc limit ${MOST_RUNS}`;
  if (runs.length === 0) return [];
  const rows = await sql<DeliveryRow[]>`
    select d.run_id as "runId", d.id, d.step, d.state, d.settled_at as "settledAt", d.skip_reason as "skipReason",
           d.error_class as "errorClass", d.error_code as "errorCode", b.state as "batchState", b.not_before as "notBefore",
           b.wave, b.waits_for as "waitsFor"
    from deliveries d join batches b on b.id = d.batch_id and b.workspace_id = ${workspaceId}
    where d.workspace_id = ${workspaceId} and d.run_id = any(${runs.map(({ id }) => id)}::text[])
      and d.contact_id = ${contactId} and d.resend_of is null`;
  return runs.map((run) => {
    const { id, campaign, status, statusReason } = run;
    return { runId: id, campaign, status, statusReason, steps: stepsOf(run, rows, contact, now) };
  });
}
