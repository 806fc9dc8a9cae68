import { postGuarded } from '@/lib/channels/http/post-guarded';
import { pool, withSystemTx } from '@/lib/db/client';
import { FAILING_LIMIT_MS, webhookDelayMs } from '@/lib/domain/webhook';
import { describeError } from '@/lib/errors';
import { webhookHeaders } from '@/lib/features/outbox/sign-webhook';
import { openSecret } from '@/lib/features/secrets/envelope';
import { disableFailing } from '@/lib/features/webhooks/disable-failing';

const TIMEOUT_MS = 15_000;
const LEASE_MS = 60_000;
/** At most so many of one endpoint at a time, so that a slow one does not take all lanes. */
const PER_ENDPOINT = 5;
const LANES = 8;

interface Claimed {
  id: string;
  workspaceId: string;
  endpointId: string;
  url: string;
  secret: unknown;
  payload: Record<string, unknown>;
  attempts: number;
}

export interface DeliveredWebhooks {
  sent: number;
  retried: number;
  failed: number;
}

/** Leases due messages; the attempt number is the fence. One whose deliverer died is due again when its lease ends. */
async function claim(limit: number): Promise<Claimed[]> {
  return await pool()<Claimed[]>`
    with due as (
      select m.id from webhook_endpoints e cross join lateral (
        select id from webhook_messages m where m.endpoint_id = e.id and m.state = 'queued' and m.not_before <= now()
          and (m.lease_until is null or m.lease_until < now())
        order by m.not_before limit ${PER_ENDPOINT} for update skip locked) m
      where e.enabled limit ${limit}
    )
    update webhook_messages m set attempts = m.attempts + 1, lease_until = now() + ${LEASE_MS} * interval '1 ms'
    from due, webhook_endpoints e where m.id = due.id and e.id = m.endpoint_id
    returning m.id, m.workspace_id as "workspaceId", m.endpoint_id as "endpointId", e.url, e.secret, m.payload, m.attempts`;
}

async function attempt(message: Claimed) {
  const { id, workspaceId, endpointId, payload } = message;
  const body = JSON.stringify(payload);
  try {
    const place = { workspaceId, table: 'webhook_endpoints', column: 'secret', id: endpointId };
    const headers = webhookHeaders(id, openSecret(place, message.secret), body, Date.now());
    return await postGuarded({ url: message.url, headers, body, timeoutMs: TIMEOUT_MS });
  } catch (error) {
    return { status: null, text: describeError(error) };
  }
}

function secondsOf(retryAfter: string | null): number {
  const seconds = Number(retryAfter);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), 86_400) : 0;
}

async function deliver(message: Claimed): Promise<keyof DeliveredWebhooks> {
  const answer = await attempt(message);
  const sql = pool();
  if (answer.status !== null && answer.status >= 200 && answer.status < 300) {
    await sql`
      update webhook_messages set state = 'sent', sent_at = now(), lease_until = null, last_status = ${answer.status}, last_error = null
      where id = ${message.id}`;
    await sql`update webhook_endpoints set failing_since = null where id = ${message.endpointId} and failing_since is not null`;
    return 'sent';
  }
  const isGone = answer.status === 410;
  const delayMs = isGone ? null : webhookDelayMs(message.attempts, Math.random());
  const waitMs = answer.status === null ? 0 : secondsOf(answer.retryAfter) * 1000;
  const error = answer.status === null ? answer.text : `The endpoint answered ${answer.status}.`;
  await withSystemTx(async (tx) => {
    await tx.sql`
      update webhook_messages set state = ${delayMs === null ? 'failed' : 'queued'}, lease_until = null,
        last_status = ${answer.status}, last_error = ${error.slice(0, 500)},
        not_before = now() + ${Math.max(delayMs ?? 0, waitMs)} * interval '1 ms'
      where id = ${message.id} and state = 'queued' and attempts = ${message.attempts}`;
    const [endpoint] = await tx.sql<{ failingMs: number }[]>`
      update webhook_endpoints set failing_since = coalesce(failing_since, now()) where id = ${message.endpointId}
      returning extract(epoch from now() - failing_since)::float8 * 1000 as "failingMs"`;
    if (isGone) await disableFailing(tx, message, 'It answered 410 Gone.');
    else if ((endpoint?.failingMs ?? 0) > FAILING_LIMIT_MS) {
      await disableFailing(tx, message, `It took nothing for five days. Last: ${error}`);
    }
  });
  return delayMs === null ? 'failed' : 'retried';
}

/**
 * Delivers up to `limit` due messages, at least once each, with the same id and body on every attempt. Only a 2xx is
 * success; anything else, redirects included, is tried again over three days. Any number of these may run at once.
 */
export async function deliverWebhooks(limit = 50): Promise<DeliveredWebhooks> {
  const report: DeliveredWebhooks = { sent: 0, retried: 0, failed: 0 };
  const waiting = await claim(limit);
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) report[await deliver(next)]++;
  };
  await Promise.all(Array.from({ length: Math.min(LANES, waiting.length) }, lane));
  return report;
}
