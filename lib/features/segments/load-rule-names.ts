import type { Tx } from '@/lib/db/client';
import { conditionsOf, type SegmentNode } from '@/lib/domain/segment';
import type { RuleNames } from '@/lib/domain/segment-describe';

/** The names of what these rules mention, for describing them. */
export async function loadRuleNames(
  { sql }: Pick<Tx, 'sql'>,
  workspaceId: string,
  rules: readonly SegmentNode[],
): Promise<RuleNames> {
  const conditions = rules.flatMap(conditionsOf);
  const lists = conditions.flatMap((one) => (one.kind === 'list' ? [one.listId] : []));
  const segments = conditions.flatMap((one) => (one.kind === 'segment' ? [one.segmentId] : []));
  const campaigns = conditions.flatMap((one) => (one.kind === 'behaviour' && one.campaignId ? [one.campaignId] : []));
  const keys = conditions.flatMap((one) => (one.kind === 'attribute' ? [one.key] : []));
  const rows = await sql<{ kind: 'lists' | 'segments' | 'campaigns' | 'attributes'; id: string; name: string }[]>`
    select 'lists' as kind, id, name from lists where workspace_id = ${workspaceId} and id = any(${lists}::text[])
    union all
    select 'segments', id, name from segments where workspace_id = ${workspaceId} and id = any(${segments}::text[])
    union all
    select 'campaigns', id, name from campaigns where workspace_id = ${workspaceId} and id = any(${campaigns}::text[])
    union all
    select 'attributes', key, label from attribute_definitions
    where workspace_id = ${workspaceId} and key = any(${keys}::text[])`;
  const names: Required<{ [K in keyof RuleNames]: Record<string, string> }> = {
    lists: {},
    segments: {},
    campaigns: {},
    attributes: {},
  };
  for (const { kind, id, name } of rows) names[kind][id] = name;
  return names;
}
