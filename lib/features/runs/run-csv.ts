import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { csvLine } from '@/lib/domain/csv';
import { parseInput } from '@/lib/domain/parse-input';
import { recordAudit } from '@/lib/features/history/record-audit';
import { getRun } from '@/lib/features/runs/get-run';
import { type CsvRow, HEADER, lineOf } from '@/lib/features/runs/run-csv-line';
import { hitsOfPart, isPart, memberOfPart, runPartSchema } from '@/lib/features/runs/run-part-pages';
import { ROW_FACTS, readByIndexOnly } from '@/lib/features/runs/run-row-pages';

export const runCsvSchema = runPartSchema.extend({
  runId: z.string(),
  step: z.coerce.number().int().min(0).max(99).optional(),
  state: z.enum(['accepted', 'failed', 'skipped', 'in_doubt', 'cancelled', 'expired', 'queued']).optional(),
  fact: z.enum(ROW_FACTS).optional(),
});

const CHUNK = 2000;

/**
 * The deliveries of a run as RFC 4180 text by step and contact, in chunks that hold no transaction open between them.
 * Text that a spreadsheet would run as a formula is disarmed. The export is audited before the first line.
 */
export async function runCsv(
  ctx: Ctx,
  input: z.input<typeof runCsvSchema>,
): Promise<{ fileName: string; lines: AsyncGenerator<string> }> {
  authorise(ctx, 'contacts.export');
  const { runId, step, state, fact, ...part } = parseInput(runCsvSchema, input);
  const run = await getRun(ctx, runId);
  await withTx(ctx, (tx) =>
    recordAudit(tx, ctx, {
      action: 'run.exported',
      subjectType: 'run',
      subjectId: runId,
      data: { step, state, fact, ...part },
    }),
  );

  /** Of a step, in the order of its members; without a step those that were sent again, which are few. */
  async function page(at: number | null, after: CsvRow | undefined): Promise<CsvRow[]> {
    return withTx(ctx, async (tx) => {
      const { sql } = tx;
      const { workspaceId } = ctx;
      await readByIndexOnly(tx);
      const same = sql`d.workspace_id = m.workspace_id and d.contact_id = m.contact_id and d.run_id = m.run_id`;
      const place = at === null ? sql`d.contact_id, d.id` : sql`m.contact_id`;
      const [last, id] = [after?.contactId ?? '', after?.id ?? '0'];
      const source =
        at === null
          ? sql`from deliveries d left join run_members m on ${same} left join contacts c on c.id = d.contact_id and c.workspace_id = d.workspace_id
              where d.workspace_id = ${workspaceId} and d.run_id = ${runId} and d.resend_of is not null
                ${step === undefined ? sql`` : sql`and d.step = ${step}`} and (d.contact_id, d.id) > (${last}, ${id}::bigint)`
          : sql`from run_members m join deliveries d on ${same} and d.step = ${at} and d.repeat = 0
              left join contacts c on c.id = d.contact_id and c.workspace_id = d.workspace_id
              where m.workspace_id = ${workspaceId} and m.run_id = ${runId} and m.contact_id > ${last}`;
      return await sql<CsvRow[]>`
        select d.id, d.contact_id as "contactId", d.step, d.state, c.external_id as "externalId",
          nullif(concat_ws(' ', c.first_name, c.last_name), '') as name, m.email, m.phone, d.error_class as "errorClass",
          d.error_code as "errorCode", d.error_text as "errorText", d.skip_reason as "skipReason", d.attempts,
          d.first_intent_at as "firstIntentAt", d.settled_at as "settledAt", d.provider_message_id as "providerMessageId",
          d.resend_of as "resendOf", d.resolution, d.delivered_at as "deliveredAt", d.bounced_at as "bouncedAt",
          d.bounce_type as "bounceType", d.complained_at as "complainedAt", d.opened_at as "openedAt",
          d.clicked_at as "clickedAt", d.unsubscribed_at as "unsubscribedAt"
        ${source} ${state ? sql`and d.state = ${state}::delivery_state` : sql``}
          ${fact ? sql`and d.${sql(`${fact}_at`)} is not null` : sql``}
          ${isPart(part) ? sql`and ${memberOfPart(tx, part)} and ${hitsOfPart(tx, part)}` : sql``}
          order by ${place} limit ${CHUNK}`;
    });
  }

  async function* lines(): AsyncGenerator<string> {
    yield csvLine(HEADER);
    const steps = run.outline.flatMap((_, at) => (step === undefined || step === at ? [at] : []));
    for (const at of [...steps, null]) {
      let rows = await page(at, undefined);
      while (rows.length > 0) {
        yield rows.map((row) => lineOf(row, run.outline[row.step]?.name ?? '')).join('');
        rows = rows.length < CHUNK ? [] : await page(at, rows.at(-1));
      }
    }
  }
  return { fileName: `${runId}${state ? `-${state}` : ''}.csv`, lines: lines() };
}
