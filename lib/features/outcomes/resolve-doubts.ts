import { withSystemTx } from '@/lib/db/client';
import { evidenceOfAll, type OutcomeType } from '@/lib/domain/outcome';
import { resolveWithEvidence } from '@/lib/features/deliveries/resolve-doubt';
import { evidenceOfEvents } from '@/lib/features/outcomes/fold-provider-events';
import type { StoredOutcome } from '@/lib/features/outcomes/record-outcome';

/**
 * Settles deliveries in doubt for which a provider had already spoken before the doubt was written. Answers how many;
 * safe to repeat and to run beside itself.
 */
export async function resolveDoubtsByEvidence(limit = 200): Promise<number> {
  return withSystemTx(async (tx) => {
    const doubts = await tx.sql<{ deliveryId: string; events: { type: OutcomeType; raw: StoredOutcome }[] }[]>`
      select i.delivery_id as "deliveryId", e.events
      from delivery_issues i join lateral (
        select jsonb_agg(jsonb_build_object('type', e.type, 'raw', e.raw) order by e.id) as events
        from provider_events e
        where e.workspace_id = i.workspace_id and e.delivery_id = i.delivery_id and e.type <> 'other'
      ) e on e.events is not null
      where i.state = 'in_doubt' order by i.delivery_id limit ${limit}`;
    let resolved = 0;
    for (const { deliveryId, events } of doubts) {
      const as = evidenceOfAll(events.map((event) => event.type));
      if (as && (await resolveWithEvidence(tx, { deliveryId, as, ...evidenceOfEvents(events) }))) resolved++;
    }
    return resolved;
  });
}
