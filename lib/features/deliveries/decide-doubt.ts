import { z } from 'zod';
import { actorLabel, authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { moveCounter, resolveWithEvidence, wakeCompletedRun } from '@/lib/features/deliveries/resolve-doubt';
import { recordAudit } from '@/lib/features/history/record-audit';
import { loadRunIn } from '@/lib/features/runs/load-run';
import { passAddressesOn } from '@/lib/features/runs/pass-addresses-on';
import { deliveryIdFromPublic, deliveryIdToPublic } from '@/lib/ids';

export const decideDoubtSchema = z.object({
  runId: z.string(),
  deliveryIds: z
    .array(
      z.string().transform((text, issues) => {
        const id = /^\d{1,19}$/.test(text) ? text : deliveryIdFromPublic(text);
        if (id !== null) return id;
        issues.addIssue({ code: 'custom', message: `“${text.slice(0, 40)}” is not a delivery such as dlv_63l.` });
        return z.NEVER;
      }),
    )
    .min(1)
    .max(1000),
  decision: z.enum(['treat_as_sent', 'send_again']),
  reason: z.string().trim().max(500).default(''),
});

/**
 * A person decides about deliveries in doubt. Treating as sent settles them as accepted, marked as assumed; sending again
 * makes new deliveries that name the old ones, which may reach somebody twice. Both are audited one by one.
 */
export async function decideDoubt(ctx: Ctx, input: z.input<typeof decideDoubtSchema>): Promise<{ decided: number }> {
  authorise(ctx, 'runs.control');
  const { runId, deliveryIds, decision, reason } = parseInput(decideDoubtSchema, input);
  const by = actorLabel(ctx);
  return withTx(ctx, async (tx) => {
    const rows = await tx.sql<{ id: string; step: number; contactId: string; wave: number; account: string | null }[]>`
      select d.id, d.step, d.contact_id as "contactId", b.wave, b.provider_account_id as account
      from deliveries d join batches b on b.id = d.batch_id
      where d.workspace_id = ${ctx.workspaceId} and d.run_id = ${runId} and d.id = any(${deliveryIds}::bigint[]) and d.state = 'in_doubt'
      order by d.id for update of d`;
    if (rows.length === 0) throw new AppError('conflict', 'None of these is in doubt any more. Nothing was changed.');
    const again: string[] = [];
    for (const row of rows) {
      if (decision === 'treat_as_sent') {
        await resolveWithEvidence(tx, {
          deliveryId: row.id,
          as: 'accepted',
          source: `assumed by ${by.name}`,
          text: reason,
        });
      } else {
        again.push(await sendAgain(tx, ctx.workspaceId, runId, row));
      }
      await recordAudit(tx, ctx, {
        action: `delivery.${decision === 'treat_as_sent' ? 'assumed_sent' : 'sent_again'}`,
        subjectType: 'run',
        subjectId: runId,
        data: { delivery: deliveryIdToPublic(row.id), reason },
      });
    }
    const run = await loadRunIn(tx, ctx.workspaceId, runId);
    if (again.length > 0 && run.status !== 'cancelled') await passAddressesOn(tx, run, again);
    await wakeCompletedRun(tx, ctx.workspaceId, runId);
    return { decided: rows.length };
  });
}

/** Makes the delivery that takes the place of one in doubt, its claim to a shared address included; answers its id. */
async function sendAgain(
  tx: Tx,
  workspaceId: string,
  runId: string,
  row: { id: string; step: number; contactId: string; wave: number; account: string | null },
): Promise<string> {
  const { sql } = tx;
  const [made] = await sql<{ id: string }[]>`
    with batch as (
      insert into batches (workspace_id, run_id, step, wave, state, provider_account_id, size)
      values (${workspaceId}, ${runId}, ${row.step}, ${row.wave}, 'ready', ${row.account}, 1) returning id
    )
    insert into deliveries (workspace_id, run_id, step, contact_id, batch_id, resend_of, repeat)
    select ${workspaceId}, ${runId}, ${row.step}, ${row.contactId}, id, ${row.id}, (
      select max(repeat) + 1 from deliveries where workspace_id = ${workspaceId} and contact_id = ${row.contactId}
        and run_id = ${runId} and step = ${row.step}) from batch returning id::text`;
  if (!made) throw new Error('No delivery was made to send again');
  await sql`
    update run_addresses set delivery_id = ${made.id}
    where workspace_id = ${workspaceId} and run_id = ${runId} and step = ${row.step} and delivery_id = ${row.id}`;
  await sql`update deliveries set state = 'superseded', resolution = 'sent again' where id = ${row.id}`;
  await moveCounter(tx, { workspaceId, runId, step: row.step, wave: row.wave, state: 'in_doubt' }, 'superseded');
  await sql`delete from delivery_issues where delivery_id = ${row.id}`;
  return made.id;
}
