import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { csvLine } from '@/lib/domain/csv';
import { parseInput } from '@/lib/domain/parse-input';
import { recordAudit } from '@/lib/features/history/record-audit';
import { findImport, importSettingsSchema } from '@/lib/features/imports/import-record';
import { listRemarks } from '@/lib/features/imports/list-remarks';

const exportRejectedSchema = z.object({ importId: z.string() });

/**
 * The refused rows as `rejected.csv`: the columns of the file, then row, column, code and reason. Text that a
 * spreadsheet would run is disarmed; importing the corrected file takes the apostrophes off again.
 */
export async function exportRejected(
  ctx: Ctx,
  input: z.input<typeof exportRejectedSchema>,
): Promise<{ fileName: string; lines: AsyncGenerator<string> }> {
  authorise(ctx, 'contacts.export');
  const { importId } = parseInput(exportRejectedSchema, input);
  const header = await withTx(ctx, async (tx) => {
    const record = await findImport(tx, ctx.workspaceId, importId);
    await recordAudit(tx, ctx, { action: 'import.rejected_exported', subjectType: 'import', subjectId: importId });
    return importSettingsSchema.parse(record.options).header;
  });

  async function* lines(): AsyncGenerator<string> {
    yield csvLine([...header, 'rejected_row', 'rejected_column', 'rejected_code', 'rejected_reason']);
    for (let cursor: string | undefined; ; ) {
      const page = await listRemarks(ctx, {
        importId,
        severity: 'rejected',
        limit: 200,
        ...(cursor ? { cursor } : {}),
      });
      for (const { cells, rowNumber, column, code, message } of page.items) {
        const padded = header.map((_, i) => cells[i] ?? '');
        yield csvLine([...padded, rowNumber, column, code, message]);
      }
      if (!page.nextCursor) return;
      cursor = page.nextCursor;
    }
  }
  return { fileName: 'rejected.csv', lines: lines() };
}
