import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { decodeCursor, encodeCursor } from '@/lib/domain/cursor';
import { parseInput } from '@/lib/domain/parse-input';
import { findOutputTable } from '@/lib/features/outputs/get-output-table';

const listOutputRowsSchema = z.object({
  table: z.string(),
  runId: z.string().optional(),
  cursor: z.string().optional(),
  limit: z.number().int().min(1).max(1000).default(50),
});

const placeSchema = z.tuple([z.string(), z.number(), z.string()]);

export interface OutputRow {
  runId: string;
  step: number;
  contactId: string;
  values: Record<string, unknown>;
  recordedAt: Date;
}

/** Rows of a table, newest run first; `table` is its id or stable name. */
export async function listOutputRows(
  ctx: Ctx,
  input: z.input<typeof listOutputRowsSchema>,
): Promise<{ items: OutputRow[]; nextCursor: string | null }> {
  authorise(ctx, 'campaigns.read');
  const { table, runId, cursor, limit } = parseInput(listOutputRowsSchema, input);
  const after = cursor ? decodeCursor(placeSchema, cursor) : null;
  return withTx(ctx, async (tx) => {
    const { sql } = tx;
    const { id } = await findOutputTable(tx, ctx.workspaceId, table);
    const rows = await sql<OutputRow[]>`
      select run_id as "runId", step, contact_id as "contactId", values, recorded_at as "recordedAt" from output_rows
      where workspace_id = ${ctx.workspaceId} and output_table_id = ${id}
        ${runId ? sql`and run_id = ${runId}` : sql``}
        ${after ? sql`and (run_id, step, contact_id) < (${after[0]}, ${after[1]}, ${after[2]})` : sql``}
      order by run_id desc, step desc, contact_id desc limit ${limit + 1}`;
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    const hasMore = rows.length > limit && last !== undefined;
    return { items, nextCursor: hasMore ? encodeCursor([last.runId, last.step, last.contactId]) : null };
  });
}
