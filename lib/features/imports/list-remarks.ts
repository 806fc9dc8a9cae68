import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { decodeCursor, encodeCursor } from '@/lib/domain/cursor';
import { parseInput } from '@/lib/domain/parse-input';
import { findImport } from '@/lib/features/imports/import-record';

export const listRemarksSchema = z.object({
  importId: z.string(),
  severity: z.enum(['rejected', 'note']).optional(),
  code: z.string().max(60).optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const cursorSchema = z.tuple([z.number().int()]);

export interface Remark {
  /** As a spreadsheet counts: the header is row 1. */
  rowNumber: number;
  severity: 'rejected' | 'note';
  column: string | null;
  code: string;
  message: string;
  cells: string[];
}

/** Rows that were refused, and rows that were taken with a note, in the order of the file, in pages. */
export async function listRemarks(
  ctx: Ctx,
  input: z.input<typeof listRemarksSchema>,
): Promise<{ items: Remark[]; nextCursor: string | null; byCode: { code: string; severity: string; n: number }[] }> {
  authorise(ctx, 'contacts.read');
  const { importId, severity, code, cursor, limit } = parseInput(listRemarksSchema, input);
  const after = cursor ? decodeCursor(cursorSchema, cursor)[0] : 0;
  return withTx(ctx, async (tx) => {
    const { sql } = tx;
    await findImport(tx, ctx.workspaceId, importId);
    const of = sql`workspace_id = ${ctx.workspaceId} and import_id = ${importId}`;
    const rows = await sql<Remark[]>`
      select row_number::float8 as "rowNumber", severity, "column", code, message, raw as cells from import_rejections
      where ${of} and row_number > ${after} ${severity ? sql`and severity = ${severity}` : sql``}
        ${code ? sql`and code = ${code}` : sql``}
      order by row_number limit ${limit + 1}`;
    const byCode = await sql<{ code: string; severity: string; n: number }[]>`
      select code, severity, count(*)::int as n from import_rejections where ${of} group by 1, 2 order by 3 desc, 1`;
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, nextCursor: last ? encodeCursor([last.rowNumber]) : null, byCode: [...byCode] };
  });
}
