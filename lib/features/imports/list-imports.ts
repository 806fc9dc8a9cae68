import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { decodeCursor, encodeCursor } from '@/lib/domain/cursor';
import { parseInput } from '@/lib/domain/parse-input';
import type { ImportSummary } from '@/lib/features/imports/get-import';
import { importColumns } from '@/lib/features/imports/import-record';

export const listImportsSchema = z.object({
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const cursorSchema = z.tuple([z.string()]);

/** Imports, newest first, in pages. */
export async function listImports(
  ctx: Ctx,
  input: z.input<typeof listImportsSchema> = {},
): Promise<{ items: ImportSummary[]; nextCursor: string | null }> {
  authorise(ctx, 'contacts.read');
  const { cursor, limit } = parseInput(listImportsSchema, input);
  const after = cursor ? decodeCursor(cursorSchema, cursor)[0] : null;
  return withTx(ctx, async ({ sql }) => {
    const rows = await sql<ImportSummary[]>`
      select ${importColumns(sql)} from imports i join uploads u on u.id = i.upload_id
      where i.workspace_id = ${ctx.workspaceId} ${after ? sql`and i.id < ${after}` : sql``}
      order by i.id desc limit ${limit + 1}`;
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, nextCursor: last ? encodeCursor([last.id]) : null };
  });
}
