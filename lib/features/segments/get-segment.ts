import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { type SegmentRule, segmentRuleSchema } from '@/lib/domain/segment';
import { describeRule } from '@/lib/domain/segment-describe';
import { AppError } from '@/lib/errors';
import { loadRuleNames } from '@/lib/features/segments/load-rule-names';

const getSegmentSchema = z.object({ id: z.string() });

export interface Segment {
  id: string;
  name: string;
  description: string | null;
  rule: SegmentRule;
  /** The rule as one sentence. */
  sentence: string;
  revision: number;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
}

/** One segment with its rule and the rule in words; throws `not_found`. */
export async function getSegment(ctx: Ctx, input: z.input<typeof getSegmentSchema>): Promise<Segment> {
  authorise(ctx, 'contacts.read');
  const { id } = parseInput(getSegmentSchema, input);
  return withTx(ctx, async (tx) => {
    const [row] = await tx.sql<(Omit<Segment, 'rule' | 'sentence'> & { rule: unknown })[]>`
      select id, name, description, rule, revision, created_at as "createdAt", updated_at as "updatedAt",
             archived_at as "archivedAt"
      from segments where workspace_id = ${ctx.workspaceId} and id = ${id}`;
    if (!row) throw new AppError('not_found', 'There is no such segment in this workspace.');
    const rule = segmentRuleSchema.parse(row.rule);
    return { ...row, rule, sentence: describeRule(rule, await loadRuleNames(tx, ctx.workspaceId, [rule])) };
  });
}
