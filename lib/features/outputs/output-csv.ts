import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { csvLine } from '@/lib/domain/csv';
import { parseInput } from '@/lib/domain/parse-input';
import { recordAudit } from '@/lib/features/history/record-audit';
import { findOutputTable } from '@/lib/features/outputs/get-output-table';
import type { OutputRow } from '@/lib/features/outputs/list-output-rows';

const outputCsvSchema = z.object({ table: z.string(), runId: z.string().optional() });
const CHUNK = 2000;

/**
 * Prepares the whole table as RFC 4180 text, oldest run first, in chunks that hold no transaction open between them.
 * Text that a spreadsheet would run as a formula is disarmed. The export is audited before the first line.
 */
export async function outputCsv(
  ctx: Ctx,
  input: z.input<typeof outputCsvSchema>,
): Promise<{ fileName: string; lines: AsyncGenerator<string> }> {
  authorise(ctx, 'contacts.export');
  const { table, runId } = parseInput(outputCsvSchema, input);
  const { id, slug, columns } = await withTx(ctx, async (tx) => {
    const found = await findOutputTable(tx, ctx.workspaceId, table);
    await recordAudit(tx, ctx, {
      action: 'output_table.exported',
      subjectType: 'output_table',
      subjectId: found.id,
      data: { runId },
    });
    return found;
  });

  async function page(after: OutputRow | undefined): Promise<OutputRow[]> {
    return withTx(ctx, async ({ sql }) => {
      return await sql<OutputRow[]>`
        select run_id as "runId", step, contact_id as "contactId", values, recorded_at as "recordedAt" from output_rows
        where workspace_id = ${ctx.workspaceId} and output_table_id = ${id}
          ${runId ? sql`and run_id = ${runId}` : sql``}
          ${after ? sql`and (run_id, step, contact_id) > (${after.runId}, ${after.step}, ${after.contactId})` : sql``}
        order by run_id, step, contact_id limit ${CHUNK}`;
    });
  }

  async function* lines(): AsyncGenerator<string> {
    yield csvLine(['run_id', 'step', 'contact_id', ...columns, 'recorded_at']);
    let rows = await page(undefined);
    while (rows.length > 0) {
      yield rows
        .map((row) =>
          csvLine([
            row.runId,
            row.step + 1,
            row.contactId,
            ...columns.map((column) => row.values[column]),
            row.recordedAt,
          ]),
        )
        .join('');
      rows = rows.length < CHUNK ? [] : await page(rows.at(-1));
    }
  }
  return { fileName: `${slug}.csv`, lines: lines() };
}
