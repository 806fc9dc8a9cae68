import { type Tx, withSystemTx } from '@/lib/db/client';
import type { DeliveryState } from '@/lib/domain/delivery';
import { evidenceOfAll, foldOutcome, newFacts, type OutcomeFacts, type OutcomeType } from '@/lib/domain/outcome';
import { resolveWithEvidence } from '@/lib/features/deliveries/resolve-doubt';
import { applyConsequences, type Change } from '@/lib/features/outcomes/apply-consequences';
import { matchDeliveries, type UnmatchedEvent } from '@/lib/features/outcomes/match-deliveries';
import { suppressReportedAddresses } from '@/lib/features/outcomes/suppress-reported';

export interface PendingEvent extends UnmatchedEvent {
  providerAccountId: string;
  type: OutcomeType;
  at: Date;
  isParked: boolean;
}

export type DeliveryRow = OutcomeFacts & {
  id: string;
  workspaceId: string;
  runId: string;
  contactId: string;
  step: number;
  state: DeliveryState;
};

export interface FoldedEvents {
  matched: number;
  parked: number;
}

/** Events nobody has matched yet; parked ones only when their time has come, or all of them with `parkedToo`. */
async function takePending(tx: Tx, limit: number, parkedToo: boolean): Promise<PendingEvent[]> {
  const { sql } = tx;
  return await sql<PendingEvent[]>`
    select e.id, e.workspace_id as "workspaceId", e.provider_account_id as "providerAccountId", e.type, e.raw,
           coalesce(e.provider_at, e.received_at) as at, e.parked_until is not null as "isParked",
           coalesce(a.channel, 'email') as channel
    from provider_events e left join provider_accounts a on a.id = e.provider_account_id
    where e.matched_at is null
      and (e.parked_until is null or ${parkedToo ? sql`e.parked_until < 'infinity'` : sql`e.parked_until <= now()`})
    order by e.id limit ${limit} for update of e skip locked`;
}

async function lockDeliveries(tx: Tx, ids: string[]): Promise<Map<string, DeliveryRow>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.sql<DeliveryRow[]>`
    select id, workspace_id as "workspaceId", run_id as "runId", contact_id as "contactId", step, state,
           delivered_at as "deliveredAt", bounced_at as "bouncedAt", bounce_type as "bounceType",
           complained_at as "complainedAt", opened_at as "openedAt", clicked_at as "clickedAt",
           unsubscribed_at as "unsubscribedAt"
    from deliveries where id = any(${ids}::bigint[]) order by id for update`;
  return new Map(rows.map((row) => [row.id, row]));
}

async function writeFacts(tx: Tx, changes: readonly Change[]): Promise<void> {
  const dates = (key: 'deliveredAt' | 'bouncedAt' | 'complainedAt' | 'openedAt' | 'clickedAt' | 'unsubscribedAt') =>
    changes.map(({ after }) => after[key]?.toISOString() ?? null);
  await tx.sql`
    update deliveries d set delivered_at = f.delivered_at, bounced_at = f.bounced_at, bounce_type = f.bounce_type,
      complained_at = f.complained_at, opened_at = f.opened_at, clicked_at = f.clicked_at, unsubscribed_at = f.unsubscribed_at
    from unnest(${changes.map(({ delivery }) => delivery.id)}::bigint[], ${dates('deliveredAt')}::text[]::timestamptz[],
                ${dates('bouncedAt')}::text[]::timestamptz[], ${changes.map(({ after }) => after.bounceType)}::text[],
                ${dates('complainedAt')}::text[]::timestamptz[], ${dates('openedAt')}::text[]::timestamptz[],
                ${dates('clickedAt')}::text[]::timestamptz[], ${dates('unsubscribedAt')}::text[]::timestamptz[])
         as f(id, delivered_at, bounced_at, bounce_type, complained_at, opened_at, clicked_at, unsubscribed_at)
    where d.id = f.id`;
}

async function settleMatches(tx: Tx, matched: [PendingEvent, string][], parked: PendingEvent[]): Promise<void> {
  const { sql } = tx;
  if (matched.length > 0) {
    await sql`
      update provider_events e set matched_at = now(), delivery_id = m.delivery_id
      from unnest(${matched.map(([event]) => event.id)}::bigint[], ${matched.map(([, delivery]) => delivery)}::bigint[])
           as m(id, delivery_id) where e.id = m.id`;
  }
  if (parked.length === 0) return;
  // looked for again after as long as it has waited, for a week
  await sql`
    update provider_events set
      parked_until = case when received_at < now() - interval '7 days' then 'infinity'
                          else now() + greatest(interval '2 seconds', least(now() - received_at, interval '1 hour')) end,
      matched_at = case when type in ('other', 'unsubscribed') then now() end
    where id = any(${parked.map((event) => event.id)}::bigint[])`;
}

function foldAll(deliveries: Map<string, DeliveryRow>, matched: [PendingEvent, string][]): Change[] {
  const byDelivery = new Map<string, PendingEvent[]>();
  for (const [event, id] of matched) byDelivery.set(id, [...(byDelivery.get(id) ?? []), event]);
  return [...byDelivery].flatMap(([id, events]) => {
    const delivery = deliveries.get(id);
    if (!delivery) return [];
    const after = events.reduce<OutcomeFacts>(foldOutcome, delivery);
    return [{ delivery, after, events, facts: newFacts(delivery, after) }];
  });
}

async function settleDoubts(tx: Tx, changes: readonly Change[]): Promise<void> {
  for (const { delivery, events } of changes) {
    // a queued delivery may be on the wire at this moment; its own answer, or the sweep over doubts, settles it
    if (delivery.state === 'queued' || delivery.state === 'accepted') continue;
    const as = evidenceOfAll(events.map((event) => event.type));
    if (!as || (as === 'failed' && delivery.state === 'failed')) continue;
    await resolveWithEvidence(tx, { deliveryId: delivery.id, as, ...evidenceOfEvents(events) });
  }
}

/** What the provider said, for the row that the evidence settles. */
export function evidenceOfEvents(events: readonly { type: OutcomeType; raw: PendingEvent['raw'] }[]) {
  const telling = events.find((event) => event.raw.code ?? event.raw.text) ?? events[0];
  const raw = telling?.raw;
  return {
    source: `provider reported ${telling?.type.replace('_', ' ') ?? 'nothing'}`,
    providerMessageId: raw?.match.providerMessageId ?? null,
    ...(raw?.code === undefined ? {} : { code: raw.code }),
    ...(raw?.text === undefined ? {} : { text: raw.text }),
  };
}

/**
 * Interprets up to `limit` stored events in one transaction: finds their deliveries, folds the facts, settles doubts by
 * evidence, and writes counters, suppressions and history of the contacts. An event counts once; one whose delivery is
 * not known yet is parked and looked for again, at growing distance, for a week.
 */
export async function foldProviderEvents(limit = 500, { parkedToo = false } = {}): Promise<FoldedEvents> {
  return withSystemTx(async (tx) => {
    const events = await takePending(tx, limit, parkedToo);
    if (events.length === 0) return { matched: 0, parked: 0 };
    const found = await matchDeliveries(tx, events);
    const matched: [PendingEvent, string][] = [];
    const parked: PendingEvent[] = [];
    for (const event of events) {
      const delivery = found.get(event.id);
      if (delivery) matched.push([event, delivery]);
      else parked.push(event);
    }
    const deliveries = await lockDeliveries(tx, [...new Set(found.values())]);
    const changes = foldAll(deliveries, matched);
    const changed = changes.filter(({ facts, delivery, after }) => facts.length > 0 || differs(delivery, after));
    if (changed.length > 0) await writeFacts(tx, changed);
    await settleDoubts(tx, changes);
    await applyConsequences(tx, changes);
    await suppressReportedAddresses(
      tx,
      parked.filter((event) => !event.isParked),
    );
    await settleMatches(tx, matched, parked);
    return { matched: matched.length, parked: parked.length };
  });
}

function differs(before: OutcomeFacts, after: OutcomeFacts): boolean {
  return (Object.keys(after) as (keyof OutcomeFacts)[]).some((key) => before[key] !== after[key]);
}

/** Looks again for the deliveries of every parked event, without waiting for its time. */
export async function matchParkedEvents(limit = 500): Promise<FoldedEvents> {
  return foldProviderEvents(limit, { parkedToo: true });
}

/** Folds until nothing is left or `budgetMs` is spent, so that a burst is worked off as fast as the database allows. */
export async function drainProviderEvents(budgetMs = 2_000, batch = 500): Promise<FoldedEvents> {
  const total: FoldedEvents = { matched: 0, parked: 0 };
  const until = performance.now() + budgetMs;
  for (;;) {
    const { matched, parked } = await foldProviderEvents(batch);
    total.matched += matched;
    total.parked += parked;
    if (matched + parked < batch || performance.now() >= until) return total;
  }
}
