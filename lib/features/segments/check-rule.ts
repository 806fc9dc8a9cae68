import type { Tx } from '@/lib/db/client';
import { conditionsOf, type SegmentRule, segmentsOf } from '@/lib/domain/segment';
import { AppError, type FieldIssue } from '@/lib/errors';
import { loadSegmentRules } from '@/lib/features/segments/load-segment-rules';
import { compileNodeSql } from '@/lib/features/segments/segment-where';

async function unknownIds(tx: Tx, workspaceId: string, table: 'lists' | 'campaigns', ids: string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await tx.sql<{ id: string }[]>`
    select id from ${tx.sql(table)} where workspace_id = ${workspaceId} and id = any(${ids}::text[])`;
  return ids.filter((id) => !rows.some((row) => row.id === id));
}

/**
 * Checks everything a rule names against the workspace: attributes with their types, lists, campaigns, segments, and
 * that it would not contain itself. Throws `invalid` with one issue per wrong name.
 */
export async function checkRule(tx: Tx, workspaceId: string, rule: SegmentRule, segmentId?: string): Promise<void> {
  const conditions = conditionsOf(rule);
  const issues: FieldIssue[] = [];
  const definitions = await tx.sql<{ key: string; type: string }[]>`
    select key, type from attribute_definitions where workspace_id = ${workspaceId}`;
  for (const condition of conditions) {
    if (condition.kind !== 'attribute') continue;
    const { key, test } = condition;
    const definition = definitions.find((one) => one.key === key);
    if (!definition) issues.push({ path: 'rule', message: `There is no attribute “${key}”.` });
    else if (definition.type !== test.type) {
      issues.push({ path: 'rule', message: `The attribute “${key}” is a ${definition.type}, not a ${test.type}.` });
    }
  }
  const listIds = conditions.flatMap((one) => (one.kind === 'list' ? [one.listId] : []));
  const campaignIds = conditions.flatMap((one) => (one.kind === 'behaviour' && one.campaignId ? [one.campaignId] : []));
  for (const id of await unknownIds(tx, workspaceId, 'lists', listIds)) {
    issues.push({ path: 'rule', message: `There is no list ${id}.` });
  }
  for (const id of await unknownIds(tx, workspaceId, 'campaigns', campaignIds)) {
    issues.push({ path: 'rule', message: `There is no campaign ${id}.` });
  }
  const [first] = issues;
  if (first) throw new AppError('invalid', `Nothing was saved. ${first.message}`, { issues });
  const rules = await loadSegmentRules(tx, workspaceId, segmentsOf(rule));
  const itself = segmentId ? { ...rules, [segmentId]: rule } : rules;
  compileNodeSql(segmentId ? { kind: 'segment', segmentId, is: 'in' } : rule, {
    workspaceId,
    now: new Date(0),
    rules: itself,
  });
}
