import type { Tx } from '@/lib/db/client';
import type { Fact, OutcomeFacts } from '@/lib/domain/outcome';
import { recordChange } from '@/lib/features/changes/record-change';
import type { DeliveryRow, PendingEvent } from '@/lib/features/outcomes/fold-provider-events';
import { suppressAddresses } from '@/lib/features/outcomes/suppress-reported';

/** What a group of events did to one delivery. */
export interface Change {
  delivery: DeliveryRow;
  after: OutcomeFacts;
  events: PendingEvent[];
  facts: Fact[];
}

const FACT_TIMES = {
  delivered: 'deliveredAt',
  bounced: 'bouncedAt',
  complained: 'complainedAt',
  opened: 'openedAt',
  clicked: 'clickedAt',
  unsubscribed: 'unsubscribedAt',
} as const satisfies Record<Fact, keyof OutcomeFacts>;

function channelOf(change: Change): 'email' | 'sms' {
  return change.events[0]?.channel ?? 'email';
}

function factData(change: Change, fact: Fact): Record<string, unknown> {
  const telling = change.events.find((event) => event.type.startsWith(fact.slice(0, 5)) || event.raw.code);
  const { code, text } = telling?.raw ?? {};
  return {
    source: 'provider',
    ...(fact === 'bounced' ? { bounceType: change.after.bounceType } : {}),
    ...(code === undefined ? {} : { code }),
    ...(text === undefined ? {} : { text }),
  };
}

/** Appends one line of history per new fact, dated when it happened. */
async function appendHistory(tx: Tx, changes: readonly Change[]): Promise<void> {
  const lines = changes.flatMap((change) => change.facts.map((fact) => ({ change, fact })));
  if (lines.length === 0) return;
  await tx.sql`
    insert into interactions (workspace_id, contact_id, at, type, step, delivery_id, run_id, data)
    select * from unnest(${lines.map(({ change }) => change.delivery.workspaceId)}::text[],
      ${lines.map(({ change }) => change.delivery.contactId)}::text[],
      ${lines.map(({ change, fact }) => (change.after[FACT_TIMES[fact]] ?? new Date()).toISOString())}::text[]::timestamptz[],
      ${lines.map(({ change, fact }) => `${channelOf(change)}.${fact}`)}::text[],
      ${lines.map(({ change }) => change.delivery.step)}::smallint[],
      ${lines.map(({ change }) => change.delivery.id)}::bigint[], ${lines.map(({ change }) => change.delivery.runId)}::text[],
      ${lines.map(({ change, fact }) => JSON.stringify(factData(change, fact)))}::jsonb[])`;
}

/** A delivery counts as one hard or one soft bounce, whichever it ended as, in whatever order the news came. */
async function countBounces(tx: Tx, changes: readonly Change[]): Promise<void> {
  const bounced = changes.filter(({ facts, events }) => facts.includes('bounced') && events[0]?.channel === 'email');
  if (bounced.length === 0) return;
  const is = (type: string | null, wanted: string) => (type === wanted ? 1 : 0);
  const delta = (type: 'hard' | 'soft') =>
    bounced.map(({ delivery, after }) => is(after.bounceType, type) - is(delivery.bounceType, type));
  await tx.sql`
    update contacts c set hard_bounces = greatest(0, c.hard_bounces + b.hard), soft_bounces = greatest(0, c.soft_bounces + b.soft)
    from (select workspace_id, contact_id, sum(hard)::smallint as hard, sum(soft)::smallint as soft
          from unnest(${bounced.map(({ delivery }) => delivery.workspaceId)}::text[],
                      ${bounced.map(({ delivery }) => delivery.contactId)}::text[], ${delta('hard')}::smallint[],
                      ${delta('soft')}::smallint[]) as t(workspace_id, contact_id, hard, soft) group by 1, 2) b
    where c.workspace_id = b.workspace_id and c.id = b.contact_id`;
}

/** A complaint, or a stop that the provider took, ends this channel for the contact and its subscriptions. */
async function optOut(tx: Tx, changes: readonly Change[]): Promise<void> {
  for (const change of changes) {
    const { workspaceId, contactId, id } = change.delivery;
    const complained = change.facts.includes('complained');
    if (!complained && !change.facts.includes('unsubscribed')) continue;
    const { sql } = tx;
    const column = sql(channelOf(change) === 'email' ? 'email_opted_out_at' : 'sms_opted_out_at');
    const at = (complained ? change.after.complainedAt : change.after.unsubscribedAt) ?? new Date();
    await sql`update contacts set ${column} = coalesce(${column}, ${at}), updated_at = now()
              where workspace_id = ${workspaceId} and id = ${contactId}`;
    await recordChange(tx, {
      workspaceId,
      type: complained ? 'contact.complained' : 'contact.unsubscribed',
      subjectId: contactId,
      data: { channel: channelOf(change), via: 'provider' },
    });
    await sql`
      update subscriptions set status = 'unsubscribed', source = ${complained ? 'complaint' : 'provider'}, updated_at = now(),
        evidence = ${JSON.stringify({ deliveryId: id, at: at.toISOString() })}::jsonb
      where workspace_id = ${workspaceId} and contact_id = ${contactId} and status <> 'unsubscribed'
        and list_id in (select s ->> 'id' from deliveries d join runs r on r.id = d.run_id
                        join campaign_versions v on v.id = r.version_id,
                        jsonb_array_elements(coalesce(r.audience, v.frozen -> 'audience') -> 'include') s
                        where d.id = ${id} and s ->> 'kind' = 'list')`;
  }
}

/** The addresses that hard bounces and complaints came from: those the messages went to, not today's. */
async function suppressRecipients(tx: Tx, changes: readonly Change[]): Promise<void> {
  const dead = changes.flatMap((change) => {
    const { facts, after, events, delivery } = change;
    const isHard = facts.includes('bounced') && after.bounceType === 'hard';
    if (!isHard && !facts.includes('complained')) return [];
    const reason = facts.includes('complained')
      ? ('complaint' as const)
      : (events.find((event) => event.raw.suppressAs)?.raw.suppressAs ?? ('bounce' as const));
    return [{ delivery, channel: channelOf(change), reason }];
  });
  if (dead.length === 0) return;
  const rows = await tx.sql<{ id: string; email: string | null; phone: string | null }[]>`
    select d.id, m.email, m.phone from deliveries d join run_members m
      on m.workspace_id = d.workspace_id and m.run_id = d.run_id and m.contact_id = d.contact_id
    where d.id = any(${dead.map(({ delivery }) => delivery.id)}::bigint[])`;
  const addresses = new Map(rows.map((row) => [row.id, row]));
  await suppressAddresses(
    tx,
    dead.flatMap(({ delivery, channel, reason }) => {
      const member = addresses.get(delivery.id);
      const address = channel === 'email' ? member?.email : member?.phone;
      return address ? [{ workspaceId: delivery.workspaceId, channel, address, reason, source: 'provider' }] : [];
    }),
  );
}

/** Everything that follows from new facts, in the transaction that writes them. */
export async function applyConsequences(tx: Tx, changes: readonly Change[]): Promise<void> {
  const changed = changes.filter(({ facts }) => facts.length > 0);
  if (changed.length === 0) return;
  await appendHistory(tx, changed);
  await countBounces(tx, changed);
  await optOut(tx, changed);
  await suppressRecipients(tx, changed);
}
