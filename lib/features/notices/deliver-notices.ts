import { pool } from '@/lib/db/client';
import { crashPoint } from '@/lib/db/crash-point';
import { type ComposedNotice, NOTICE_MAX_ATTEMPTS, noticeDelayMs } from '@/lib/domain/notice';
import { describeError } from '@/lib/errors';
import { composeNotice } from '@/lib/features/notices/compose-notice';
import { HopelessNotice, sendNotice } from '@/lib/features/notices/send-notice';

export interface ClaimedNotice {
  id: string;
  workspaceId: string;
  workspaceName: string;
  timeZone: string;
  topic: string;
  channel: 'email' | 'sms' | 'webhook' | 'in_app';
  target: string;
  payload: Record<string, unknown> & { composed?: ComposedNotice };
  attempts: number;
  createdAt: Date;
}

export interface DeliveredNotices {
  sent: number;
  retried: number;
  failed: number;
}

const LEASE_MS = 120_000;
const PARALLEL = 8;

/** Leases due notices; one whose deliverer died is due again when its lease ends. The attempt number is the fence. */
async function claim(limit: number): Promise<ClaimedNotice[]> {
  return await pool()<ClaimedNotice[]>`
    with due as (
      select id from notices
      where state in ('queued', 'sending') and not_before <= now() and (lease_until is null or lease_until < now())
      order by not_before, id limit ${limit} for update skip locked
    )
    update notices n set state = 'sending', attempts = n.attempts + 1, lease_until = now() + ${LEASE_MS} * interval '1 ms'
    from due, workspaces w where n.id = due.id and w.id = n.workspace_id
    returning n.id, n.workspace_id as "workspaceId", w.name as "workspaceName", w.time_zone as "timeZone", n.topic,
      n.channel, n.target, n.payload, n.attempts, n.created_at as "createdAt"`;
}

/** The words of a notice are found once and kept, so that every later attempt repeats exactly these. */
async function wordsOf(notice: ClaimedNotice): Promise<ComposedNotice> {
  if (notice.payload.composed) return notice.payload.composed;
  const words = JSON.stringify({ composed: await composeNotice(notice) });
  // read back as stored, because that is how the next attempt will read it
  const [kept] = await pool()<{ composed: ComposedNotice }[]>`
    update notices set payload = case when payload ? 'composed' then payload else payload || ${words}::jsonb end
    where id = ${notice.id} returning payload -> 'composed' as composed`;
  if (!kept) throw new HopelessNotice('The notice was removed.');
  return kept.composed;
}

async function deliver(notice: ClaimedNotice): Promise<keyof DeliveredNotices> {
  try {
    await sendNotice(notice, await wordsOf(notice));
    crashPoint('in_notice');
    await pool()`
      update notices set state = 'sent', sent_at = now(), lease_until = null, error = null
      where id = ${notice.id} and state = 'sending'`;
    return 'sent';
  } catch (error) {
    const isOver = error instanceof HopelessNotice || notice.attempts >= NOTICE_MAX_ATTEMPTS;
    await pool()`
      update notices set state = ${isOver ? 'failed' : 'queued'}, lease_until = null, error = ${describeError(error).slice(0, 2000)},
        not_before = now() + ${noticeDelayMs(notice.attempts, Math.random())} * interval '1 ms'
      where id = ${notice.id} and state = 'sending' and attempts = ${notice.attempts}`;
    return isOver ? 'failed' : 'retried';
  }
}

/**
 * Delivers up to `limit` due notices. At least once, with the same Message-ID or webhook id and the same words on every
 * attempt; a channel that is down is tried again at growing distance. Any number of these may run at once.
 */
export async function deliverNotices(limit = 50): Promise<DeliveredNotices> {
  const report: DeliveredNotices = { sent: 0, retried: 0, failed: 0 };
  const waiting = await claim(limit);
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) report[await deliver(next)]++;
  };
  await Promise.all(Array.from({ length: Math.min(PARALLEL, waiting.length) }, lane));
  return report;
}
