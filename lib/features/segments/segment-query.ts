import { z } from 'zod';
import { type Ctx, systemCtx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { type SegmentRule, segmentRuleSchema, segmentsOf } from '@/lib/domain/segment';
import { AppError } from '@/lib/errors';
import { loadSegmentRules } from '@/lib/features/segments/load-segment-rules';
import { segmentJoins, segmentWhere } from '@/lib/features/segments/segment-where';
import type { Fragment } from '@/lib/features/segments/sql-part';

const QUERY_CANCELED = '57014';

/** A saved segment, or a rule that is being edited. */
export const segmentSourceSchema = z.union([z.object({ id: z.string() }), z.object({ rule: segmentRuleSchema })]);
export type SegmentSource = z.output<typeof segmentSourceSchema>;

export interface SegmentQuery {
  tx: Tx;
  rule: SegmentRule;
  /** Every segment named, by id. */
  rules: Record<string, SegmentRule>;
  timeZone: string;
  now: Date;
  /** Restricts `contacts c` to the people of the workspace who match. */
  where: Fragment;
  /** The two halves of it: everybody of the workspace, and whether one of them matches. */
  living: Fragment;
  match: () => Fragment;
  /** The same people for reading all of them: `joins` stands right after `contacts c`. */
  everybody: { joins: Fragment; where: Fragment };
}

/**
 * Runs a read over the contacts of one segment. It runs as the owner and names the workspace itself: under row-level
 * security PostgreSQL may not use the attribute index, because jsonb operators are not leakproof.
 */
export async function withSegmentQuery<T>(
  ctx: Ctx,
  source: SegmentSource,
  now: Date,
  work: (query: SegmentQuery) => Promise<T>,
): Promise<T> {
  const reading = withTx(systemCtx(ctx.workspaceId, 'segments'), async (tx) => {
    const { sql } = tx;
    const { workspaceId } = ctx;
    await sql`select set_config('work_mem', '8MB', true), set_config('jit', 'off', true),
      set_config('statement_timeout', '20s', true), set_config('transaction_read_only', 'on', true)`;
    const rules = await loadSegmentRules(tx, workspaceId, 'id' in source ? [source.id] : segmentsOf(source.rule));
    const rule = 'id' in source ? rules[source.id] : source.rule;
    if (!rule) throw new AppError('not_found', 'There is no such segment in this workspace.');
    const [workspace] = await sql<{ timeZone: string }[]>`
      select time_zone as "timeZone" from workspaces where id = ${workspaceId}`;
    const timeZone = workspace?.timeZone ?? 'UTC';
    const options = { workspaceId, now, rules, timeZone };
    const all = segmentJoins(sql, rule, options);
    const living = sql`c.workspace_id = ${workspaceId} and c.erased_at is null`;
    const match = () => segmentWhere(sql, rule, options);
    const everybody = { joins: all.joins, where: sql`${living} and ${all.where}` };
    const where = sql`${living} and ${match()}`;
    return await work({ tx, rule, rules, timeZone, now, where, living, match, everybody });
  });
  return reading.catch((error: unknown) => {
    const tookTooLong = error instanceof Error && 'code' in error && error.code === QUERY_CANCELED;
    if (!tookTooLong) throw error;
    const text =
      'Counting these people took longer than 20 seconds. Make the rule simpler, or try again when less is going on.';
    throw new AppError('limit', text, { cause: error });
  });
}
