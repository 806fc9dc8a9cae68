import type { Channel, ListedMessage } from '@/lib/channels/channel';
import { systemCtx } from '@/lib/context';
import { pool } from '@/lib/db/client';
import { messageRenderer } from '@/lib/features/deliveries/message-renderer';
import { readTwilioStatus } from '@/lib/features/outcomes/dialects/read-twilio-status';
import { recordOutcome } from '@/lib/features/outcomes/record-outcome';
import { loadRun } from '@/lib/features/runs/load-run';

type ChannelOf = (workspaceId: string, accountId: string) => Promise<{ channel: Channel }>;

/** Minutes after the doubt arose; lists lag, and receipts mostly come first. */
const ASK_AFTER_MINUTES = [2, 10, 60];

interface Doubt {
  workspaceId: string;
  accountId: string;
  deliveryId: string;
  runId: string;
  step: number;
  datedAt: Date;
  intentAt: Date;
  phone: string | null;
  snapshot: Record<string, unknown>;
}

/** Takes doubts that are due to be looked up; that somebody asks is kept as an event, so that nobody else does. */
async function claimDue(limit: number): Promise<Doubt[]> {
  return await pool()<Doubt[]>`
    with due as (
      select i.workspace_id, b.provider_account_id as account_id, d.id, tried.n, d.run_id, d.step, d.contact_id,
             coalesce(b.dated_at, d.first_intent_at) as dated_at, d.first_intent_at
      from delivery_issues i
      join deliveries d on d.id = i.delivery_id and d.state = 'in_doubt' and d.first_intent_at is not null
      join batches b on b.id = d.batch_id
      join provider_accounts a on a.id = b.provider_account_id and a.kind = 'twilio'
      cross join lateral (
        select count(*)::int as n from provider_events e, unnest(array[0, 1, 2]) as t(n)
        where e.workspace_id = i.workspace_id and e.provider_account_id = b.provider_account_id
          and e.provider_event_id = 'look-up:' || d.id || ':' || t.n
      ) tried
      where i.state = 'in_doubt' and i.at > now() - interval '1 day' and tried.n < ${ASK_AFTER_MINUTES.length}
        and i.at <= now() - (${ASK_AFTER_MINUTES}::int[])[tried.n + 1] * interval '1 minute'
      order by i.delivery_id limit ${limit}
    ), claimed as (
      insert into provider_events (workspace_id, provider_account_id, provider_event_id, type, matched_at, delivery_id, raw)
      select workspace_id, account_id, 'look-up:' || id || ':' || n, 'other', now(), id, '{"match": {}, "payload": null}'::jsonb
      from due on conflict do nothing returning delivery_id
    )
    select due.workspace_id as "workspaceId", due.account_id as "accountId", due.id as "deliveryId", due.run_id as "runId",
           due.step, due.dated_at as "datedAt", due.first_intent_at as "intentAt", m.phone,
           coalesce(m.snapshot, '{}'::jsonb) as snapshot
    from claimed join due on due.id = claimed.delivery_id
    join run_members m on m.workspace_id = due.workspace_id and m.run_id = due.run_id and m.contact_id = due.contact_id`;
}

/** Of what the provider lists, what belongs to no other delivery to that number. */
async function unclaimed(doubt: Doubt, listed: ListedMessage[]): Promise<ListedMessage[]> {
  const known = await pool()<{ id: string }[]>`
    select d.provider_message_id as id from contacts c
    join deliveries d on d.workspace_id = c.workspace_id and d.contact_id = c.id and d.id <> ${doubt.deliveryId}
    where c.workspace_id = ${doubt.workspaceId} and c.phone = ${doubt.phone}
      and d.provider_message_id = any(${listed.map((one) => one.providerMessageId)}::text[])`;
  const taken = new Set(known.map(({ id }) => id));
  return listed.filter((one) => !taken.has(one.providerMessageId));
}

/** Whether something else to the same number is open too: then a listed message could be either of them. */
async function hasDouble(doubt: Doubt): Promise<boolean> {
  const rows = await pool()`
    select 1 from delivery_issues i join deliveries d on d.id = i.delivery_id
    join run_members m on m.workspace_id = d.workspace_id and m.run_id = d.run_id and m.contact_id = d.contact_id
    where i.workspace_id = ${doubt.workspaceId} and i.state = 'in_doubt' and m.phone = ${doubt.phone}
      and d.id <> ${doubt.deliveryId} limit 1`;
  return rows.length > 0;
}

async function lookUp(doubt: Doubt, channelOf: ChannelOf): Promise<boolean> {
  const { workspaceId, accountId, deliveryId, datedAt, intentAt, phone, snapshot } = doubt;
  const { channel } = await channelOf(workspaceId, accountId);
  const run = await loadRun(systemCtx(workspaceId, 'look-up'), doubt.runId);
  const step = run.frozen.flow[doubt.step];
  if (!channel.lookUp || step?.kind !== 'sms') return false;
  const message = messageRenderer(run, step, 'text')({ deliveryId, email: null, phone, snapshot }, datedAt);
  const listed = await channel.lookUp(message, intentAt);
  if (!listed || listed.length === 0) return false;
  const [found, ...others] = await unclaimed(doubt, listed);
  if (!found || others.length > 0 || (await hasDouble(doubt))) return false;
  const form = new URLSearchParams({ MessageSid: found.providerMessageId, MessageStatus: found.status });
  if (found.errorCode) form.set('ErrorCode', found.errorCode);
  if (found.errorText) form.set('ErrorMessage', found.errorText);
  // the same event as the receipt that may still come
  const event = readTwilioStatus(form, deliveryId);
  if (event) await recordOutcome({ workspaceId, providerAccountId: accountId, ...event });
  return event !== null;
}

/**
 * Asks providers that keep a list for messages in doubt: two, ten and sixty minutes after the doubt arose. What is listed
 * once, and can be nothing else, is evidence; what is not listed proves nothing and stays in doubt. Answers how many were
 * found. A look-up that fails costs the others nothing and is thrown when all were asked for.
 */
export async function lookUpDoubts(channelOf: ChannelOf, limit = 20): Promise<number> {
  let found = 0;
  const failures: unknown[] = [];
  for (const doubt of await claimDue(limit)) {
    try {
      if (await lookUp(doubt, channelOf)) found++;
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return found;
}
