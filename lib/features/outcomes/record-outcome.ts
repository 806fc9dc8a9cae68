import type postgres from 'postgres';
import { pool } from '@/lib/db/client';
import { GroupCommit } from '@/lib/db/group-commit';
import type { OutcomeType } from '@/lib/domain/outcome';

/** One thing a provider, a receipt or a bounce mailbox said. Whoever builds one has checked that it is genuine. */
export interface IncomingOutcome {
  workspaceId: string;
  providerAccountId: string;
  /** The provider's own id of this event; the same id is the same event, however often it comes. */
  providerEventId: string;
  type: OutcomeType;
  providerAt: Date | null;
  match: {
    /** Our own number, from a tag, a callback token or a return path. */
    deliveryId?: string;
    providerMessageId?: string;
    /** Whom it speaks of, if the provider says so. */
    address?: string;
  };
  code?: string;
  text?: string;
  /** Why the address must not be written to again, where that differs from what the type implies. */
  suppressAs?: 'bounce' | 'complaint' | 'unsubscribed';
  payload: unknown;
}

/** What provider_events.raw holds. */
export type StoredOutcome = Pick<IncomingOutcome, 'match' | 'code' | 'text' | 'suppressAs' | 'payload'>;

/**
 * Appends events in one statement and answers how many were new. A repeated event is absorbed; nothing is interpreted
 * yet, so that a burst costs one insert. `foldProviderEvents` does the rest.
 */
export async function appendOutcomes(
  sql: postgres.Sql | postgres.TransactionSql,
  events: readonly IncomingOutcome[],
): Promise<number> {
  if (events.length === 0) return 0;
  const raw = events.map(({ match, code, text, suppressAs, payload }): string => {
    const stored: StoredOutcome = { match, payload };
    if (code !== undefined) stored.code = code;
    if (text !== undefined) stored.text = text;
    if (suppressAs !== undefined) stored.suppressAs = suppressAs;
    return JSON.stringify(stored).replaceAll('\\u0000', '');
  });
  const inserted = await sql`
    insert into provider_events (workspace_id, provider_account_id, provider_event_id, type, provider_at, raw)
    select * from unnest(${events.map((event) => event.workspaceId)}::text[],
      ${events.map((event) => event.providerAccountId)}::text[], ${events.map((event) => event.providerEventId)}::text[],
      ${events.map((event) => event.type)}::text[],
      ${events.map((event) => event.providerAt?.toISOString() ?? null)}::text[]::timestamptz[], ${raw}::jsonb[])
    on conflict (workspace_id, provider_account_id, provider_event_id) do nothing`;
  return inserted.count;
}

const shared = globalThis as unknown as { waybillOutcomes?: GroupCommit<IncomingOutcome, void> };

/** Stores one event durably; resolves after its commit, rejects when the database did not take it. Repeats are absorbed. */
export function recordOutcome(event: IncomingOutcome): Promise<void> {
  shared.waybillOutcomes ??= new GroupCommit<IncomingOutcome, void>(async (events) => {
    await appendOutcomes(pool(), events);
    return events.map(() => undefined);
  });
  return shared.waybillOutcomes.add(event);
}
