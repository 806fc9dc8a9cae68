import type { Tx } from '@/lib/db/client';
import type { FrozenRecordStep } from '@/lib/features/campaigns/frozen-version';
import type { ClaimedBatch } from '@/lib/features/deliveries/claim-batch';
import type { SettledDelivery } from '@/lib/features/deliveries/settle-batch';
import type { QueuingRun } from '@/lib/features/runs/load-run';

/** Columns that are not contact fields: facts of the run itself. */
const RUN_COLUMNS = ['outcome', 'sent_at', 'campaign', 'step'];

/**
 * Writes the rows of a record step into its output table, in the transaction that settles them: a row exists exactly
 * when its delivery is accepted. `outcome` and `sent_at` speak of the nearest earlier message of the flow.
 */
export async function recordRows(
  tx: Tx,
  run: QueuingRun,
  batch: ClaimedBatch,
  step: FrozenRecordStep,
  rows: SettledDelivery[],
): Promise<void> {
  if (step.sink.kind !== 'table') return;
  const accepted = rows.filter((row) => row.state === 'accepted').map((row) => row.contactId);
  if (accepted.length === 0) return;
  const { sql } = tx;
  const fields = step.columns.filter((column) => !RUN_COLUMNS.includes(column));
  let previous = batch.step - 1;
  while (previous >= 0 && !['email', 'sms'].includes(run.frozen.flow[previous]?.kind ?? '')) previous -= 1;
  await sql`
    insert into output_rows (workspace_id, output_table_id, run_id, step, contact_id, values)
    select ${batch.workspaceId}, ${step.sink.outputTableId}, ${batch.runId}, ${batch.step}, m.contact_id,
      (select coalesce(jsonb_object_agg(f, coalesce(m.snapshot -> f, 'null'::jsonb)), '{}'::jsonb) from unnest(${fields}::text[]) f)
      || (select coalesce(jsonb_object_agg(f, case f when 'outcome' then to_jsonb(p.state::text) when 'sent_at' then to_jsonb(p.settled_at)
           when 'campaign' then to_jsonb(${run.frozen.campaignName}::text) else to_jsonb(${step.name}::text) end), '{}'::jsonb)
          from unnest(${step.columns.filter((column) => RUN_COLUMNS.includes(column))}::text[]) f)
    from run_members m left join deliveries p on p.workspace_id = m.workspace_id and p.run_id = m.run_id
      and p.step = ${previous} and p.contact_id = m.contact_id and p.resend_of is null
    where m.workspace_id = ${batch.workspaceId} and m.run_id = ${batch.runId} and m.contact_id = any(${accepted}::text[])
    on conflict do nothing`;
}
