import type { Tx } from '@/lib/db/client';
import type { Audience } from '@/lib/domain/campaign';
import { AppError } from '@/lib/errors';

/** The rules of every segment an audience names, and of segments those rules name, as they are now. */
export async function segmentRulesOf(
  tx: Tx,
  workspaceId: string,
  audience: Audience,
): Promise<Record<string, unknown>> {
  const rules: Record<string, unknown> = {};
  let wanted = [...audience.include, ...audience.exclude].flatMap((source) =>
    source.kind === 'segment' ? [source.id] : [],
  );
  while (wanted.length > 0) {
    const found = await tx.sql<{ id: string; rule: unknown }[]>`
      select id, rule from segments where workspace_id = ${workspaceId} and id = any(${wanted}::text[])`;
    const missing = wanted.find((id) => !found.some((row) => row.id === id));
    if (missing)
      throw new AppError(
        'precondition',
        `The audience names a segment that does not exist any more (${missing}). Choose another one.`,
      );
    for (const { id, rule } of found) rules[id] = rule;
    const named = JSON.stringify(found.map((row) => row.rule)).match(/seg_[0-9a-z]{16}/g) ?? [];
    wanted = [...new Set(named)].filter((id) => !(id in rules));
  }
  return rules;
}
