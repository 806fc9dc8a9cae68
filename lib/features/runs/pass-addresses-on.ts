import type { Tx } from '@/lib/db/client';
import type { QueuingRun } from '@/lib/features/runs/load-run';
import { requeue } from '@/lib/features/runs/requeue';

/** Steps of a run whose messages go to an email address; those of the others go to a phone. */
function emailSteps({ frozen }: QueuingRun): number[] {
  return frozen.flow.flatMap(({ kind }, step) => (kind === 'email' ? [step] : []));
}

/**
 * Puts back into the queue who stood back for another contact with the same address, where it turned out that the other's
 * message reached nobody, or is not decided any more; answers how many. Which of them gets the address is decided when
 * their turn comes, as for everybody. Without deliveries it looks at those of the whole run.
 */
export async function passAddressesOn(tx: Tx, run: QueuingRun, deliveryIds: string[] | null = null): Promise<number> {
  const { sql } = tx;
  const { id, workspaceId } = run;
  const [claimed] = await sql`
    select 1 from run_addresses where workspace_id = ${workspaceId} and run_id = ${id} limit 1`;
  if (!claimed) return 0;
  const picked = sql`
    select d.id, d.step, b.wave, b.provider_account_id as account
    from run_addresses k
    join deliveries h on h.id = k.delivery_id and h.state in ('queued', 'skipped', 'failed', 'expired')
    join delivery_issues i on i.workspace_id = k.workspace_id and i.run_id = k.run_id and i.step = k.step
      and i.state = 'skipped' and i.cause = 'duplicate_address' and i.delivery_id <> k.delivery_id
    join deliveries d on d.id = i.delivery_id and d.state = 'skipped'
    join batches b on b.id = d.batch_id
    join run_members m on m.workspace_id = d.workspace_id and m.run_id = d.run_id and m.contact_id = d.contact_id
      and hashtextextended(case when d.step = any(${emailSteps(run)}::int[]) then m.email else m.phone end, 0) = k.address_hash
    where k.workspace_id = ${workspaceId} and k.run_id = ${id}
      ${deliveryIds ? sql`and k.delivery_id = any(${deliveryIds}::bigint[])` : sql``}`;
  return requeue(tx, { workspaceId, runId: id }, 'skipped', picked);
}

/**
 * Gives a delivery that was accepted after all its shared address back, if the one that it passed on to has not reached
 * anybody yet: that one stands back then, and the address is not written to twice.
 */
export async function takeAddressBack(tx: Tx, run: QueuingRun, deliveryId: string): Promise<void> {
  await tx.sql`
    update run_addresses k set delivery_id = d.id
    from deliveries d
    join run_members m on m.workspace_id = d.workspace_id and m.run_id = d.run_id and m.contact_id = d.contact_id and m.shares_address
    where d.id = ${deliveryId} and k.workspace_id = ${run.workspaceId} and k.run_id = ${run.id} and k.step = d.step and k.delivery_id <> d.id
      and k.address_hash = hashtextextended(case when d.step = any(${emailSteps(run)}::int[]) then m.email else m.phone end, 0)
      and exists (select 1 from deliveries o where o.id = k.delivery_id and o.state in ('queued', 'skipped', 'failed', 'expired'))`;
}
