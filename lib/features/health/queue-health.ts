import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { stillQueued } from '@/lib/features/health/still-queued';

export interface QueueHealth {
  /** Deliveries and batches that could go now, and the age of the oldest. */
  dueDeliveries: number;
  dueBatches: number;
  oldestDueAt: Date | null;
  /** Waiting for a later time: waves, wait steps, further attempts. */
  laterDeliveries: number;
  held: number;
  onWire: number;
  notices: { queued: number; failed: number; oldestAt: Date | null };
  events: { unmatched: number; oldestAt: Date | null };
}

/** What is queued in this workspace: deliveries, receipts and alarms, reports of providers not yet matched. */
export async function queueHealth(ctx: Ctx): Promise<QueueHealth> {
  authorise(ctx, 'runs.read');
  return withTx(ctx, async (tx) => {
    const { sql } = tx;
    const ws = ctx.workspaceId;
    const [work] = await sql<Omit<QueueHealth, 'notices' | 'events'>[]>`
      with active as (select id from runs where workspace_id = ${ws} and status = 'sending'),
      ready as (
        select b.id, ${stillQueued(tx, sql`b`)} as size, case when b.state = 'held' then 'infinity' else b.not_before end as not_before,
          coalesce(b.lease_until > now(), false) as held
        from active join batches b on b.run_id = active.id and b.workspace_id = ${ws} and b.state in ('ready', 'held')
      )
      select coalesce(sum(size) filter (where not held and not_before <= now()), 0)::int as "dueDeliveries",
        count(*) filter (where not held and not_before <= now())::int as "dueBatches",
        min(not_before) filter (where not held and not_before <= now()) as "oldestDueAt",
        coalesce(sum(size) filter (where not held and not_before > now()), 0)::int as "laterDeliveries",
        count(*) filter (where held)::int as held,
        (select coalesce(sum(cardinality(i.delivery_ids)), 0)::int from ready x join intents i on i.batch_id = x.id
          where x.held and i.closed_at is null) as "onWire"
      from ready`;
    const [notices] = await sql<QueueHealth['notices'][]>`
      select count(*) filter (where state <> 'failed')::int as queued, count(*) filter (where state = 'failed')::int as failed,
        min(created_at) filter (where state <> 'failed') as "oldestAt"
      from notices where workspace_id = ${ws} and (state in ('queued', 'sending')
        or (state = 'failed' and created_at > now() - interval '7 days'))`;
    const [events] = await sql<QueueHealth['events'][]>`
      select count(*)::int as unmatched, min(received_at) as "oldestAt" from provider_events
      where workspace_id = ${ws} and matched_at is null`;
    return {
      dueDeliveries: 0,
      dueBatches: 0,
      oldestDueAt: null,
      laterDeliveries: 0,
      held: 0,
      onWire: 0,
      ...work,
      notices: notices ?? { queued: 0, failed: 0, oldestAt: null },
      events: events ?? { unmatched: 0, oldestAt: null },
    };
  });
}
