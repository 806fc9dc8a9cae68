import type { Tx } from '@/lib/db/client';
import { type SegmentNode, type SegmentRule, segmentRuleSchema, segmentsOf } from '@/lib/domain/segment';
import { AppError } from '@/lib/errors';

const MAX_SEGMENTS = 50;

/**
 * The rules of these segments and of every segment they name, by id: what `segmentWhere` needs as `rules`. Archived
 * segments keep working for what uses them. Throws `not_found` for one that is not in the workspace.
 */
export async function loadSegmentRules(
  { sql }: Pick<Tx, 'sql'>,
  workspaceId: string,
  ids: readonly string[],
): Promise<Record<string, SegmentRule>> {
  const rules: Record<string, SegmentRule> = {};
  let missing = [...new Set(ids)];
  while (missing.length > 0) {
    if (Object.keys(rules).length + missing.length > MAX_SEGMENTS) {
      throw new AppError('limit', `A segment may name at most ${MAX_SEGMENTS} others, directly and through others.`);
    }
    const rows = await sql<{ id: string; rule: unknown }[]>`
      select id, rule from segments where workspace_id = ${workspaceId} and id = any(${missing}::text[])`;
    for (const { id, rule } of rows) rules[id] = segmentRuleSchema.parse(rule);
    const lost = missing.find((id) => !rules[id]);
    if (lost) throw new AppError('not_found', `The segment ${lost} does not exist in this workspace.`);
    missing = rows.flatMap(({ id }) => segmentsOf(rules[id] as SegmentNode)).filter((id) => !rules[id]);
    missing = [...new Set(missing)];
  }
  return rules;
}
