import type postgres from 'postgres';
import type { Tx } from '@/lib/db/client';
import type { FrozenRecordStep } from '@/lib/features/campaigns/frozen-version';
import type { ClaimedBatch } from '@/lib/features/deliveries/claim-batch';
import type { SettledDelivery } from '@/lib/features/deliveries/settle-batch';
import type { QueuingRun } from '@/lib/features/runs/load-run';

/** Columns that are not contact fields: facts of the run itself. */
const RUN_COLUMNS = ['outcome', 'sent_at', 'campaign', 'step'];

/**
 * What a record step records of each contact, as `contact_id` and `values`. `outcome` and `sent_at` speak of the nearest
 * earlier message of the flow; of one that was sent again, of the message that took its place.
 */
export function recordedValues(
  sql: postgres.Sql | postgres.TransactionSql,
  run: QueuingRun,
  batch: ClaimedBatch,
  step: FrozenRecordStep,
  contactIds: string[],
): postgres.PendingQuery<postgres.Row[]> {
  const fields = step.columns.filter((column) => !RUN_COLUMNS.includes(column));
  const facts = step.columns.filter((column) => RUN_COLUMNS.includes(column));
  let previous = batch.step - 1;
  while (previous >= 0 && !['email', 'sms'].includes(run.frozen.flow[previous]?.kind ?? '')) previous -= 1;
  return sql`
    select m.contact_id,
      (select coalesce(jsonb_object_agg(f, coalesce(m.snapshot -> f, 'null'::jsonb)), '{}'::jsonb) from unnest(${fields}::text[]) f)
      || (select coalesce(jsonb_object_agg(f, case f when 'outcome' then to_jsonb(coalesce(again.state, p.state)::text)
           when 'sent_at' then to_jsonb(coalesce(again.settled_at, p.settled_at))
           when 'campaign' then to_jsonb(${run.frozen.campaignName}::text) else to_jsonb(${step.name}::text) end), '{}'::jsonb)
          from unnest(${facts}::text[]) f) as values
    from run_members m left join deliveries p on p.workspace_id = m.workspace_id and p.run_id = m.run_id
      and p.step = ${previous} and p.contact_id = m.contact_id and p.resend_of is null
    left join lateral (select n.state, n.settled_at from deliveries n
      where p.state = 'superseded' and n.workspace_id = p.workspace_id and n.contact_id = p.contact_id and n.run_id = p.run_id
        and n.step = p.step and n.resend_of = p.id order by n.id desc limit 1) again on true
    where m.workspace_id = ${batch.workspaceId} and m.run_id = ${batch.runId} and m.contact_id = any(${contactIds}::text[])`;
}

/**
 * Writes the rows of a record step into its output table, in the transaction that settles them: a row exists exactly
 * when its delivery is accepted. Seed recipients are not recorded.
 */
export async function recordRows(
  tx: Tx,
  run: QueuingRun,
  batch: ClaimedBatch,
  step: FrozenRecordStep,
  rows: SettledDelivery[],
): Promise<void> {
  if (step.sink.kind !== 'table' || run.seedOf !== null) return;
  const accepted = rows.filter((row) => row.state === 'accepted').map((row) => row.contactId);
  if (accepted.length === 0) return;
  const { sql } = tx;
  await sql`
    insert into output_rows (workspace_id, output_table_id, run_id, step, contact_id, values)
    select ${batch.workspaceId}, ${step.sink.outputTableId}, ${batch.runId}, ${batch.step}, v.contact_id, v.values
    from (${recordedValues(sql, run, batch, step, accepted)}) v on conflict do nothing`;
}
