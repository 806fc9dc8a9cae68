import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { decodeCursor, encodeCursor } from '@/lib/domain/cursor';
import { parseInput } from '@/lib/domain/parse-input';
import { type SegmentRule, segmentRuleSchema } from '@/lib/domain/segment';
import { describeRule } from '@/lib/domain/segment-describe';
import { loadRuleNames } from '@/lib/features/segments/load-rule-names';

const listSegmentsSchema = z.object({
  search: z.string().trim().max(120).optional(),
  archived: z.boolean().default(false),
  cursor: z.string().optional(),
  limit: z.number().int().min(1).max(200).default(50),
});
const cursorSchema = z.tuple([z.string(), z.string()]);

export interface SegmentRow {
  id: string;
  name: string;
  description: string | null;
  rule: SegmentRule;
  sentence: string;
  revision: number;
  updatedAt: Date;
}

/** Segments by name, in pages, each with its rule in words. Counts are asked for one by one: countSegment. */
export async function listSegments(
  ctx: Ctx,
  input: z.input<typeof listSegmentsSchema> = {},
): Promise<{ items: SegmentRow[]; nextCursor: string | null }> {
  authorise(ctx, 'contacts.read');
  const { search, archived, cursor, limit } = parseInput(listSegmentsSchema, input);
  const after = cursor ? decodeCursor(cursorSchema, cursor) : null;
  return withTx(ctx, async (tx) => {
    const { sql } = tx;
    const rows = await sql<(Omit<SegmentRow, 'rule' | 'sentence'> & { rule: unknown; sort: string })[]>`
      select id, name, description, rule, revision, updated_at as "updatedAt", lower(name) as sort from segments
      where workspace_id = ${ctx.workspaceId} and (archived_at is not null) = ${archived}
        ${search ? sql`and strpos(lower(name), lower(${search})) > 0` : sql``}
        ${after ? sql`and (lower(name), id) > (${after[0]}, ${after[1]})` : sql``}
      order by lower(name), id limit ${limit + 1}`;
    const page = rows
      .slice(0, limit)
      .map(({ sort, ...row }) => ({ sort, row: { ...row, rule: segmentRuleSchema.parse(row.rule) } }));
    const names = await loadRuleNames(
      tx,
      ctx.workspaceId,
      page.map(({ row }) => row.rule),
    );
    const last = rows.length > limit ? page.at(-1) : undefined;
    return {
      items: page.map(({ row }) => ({ ...row, sentence: describeRule(row.rule, names) })),
      nextCursor: last ? encodeCursor([last.sort, last.row.id]) : null,
    };
  });
}
