import type { Ctx } from '@/lib/context';
import type { Tx } from '@/lib/db/client';
import type { AttributeDefinition, AttributeType } from '@/lib/domain/attribute';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';

/**
 * Makes sure that these attributes exist with these types, in the caller's transaction. Throws `conflict` for one that
 * exists with another type. With `checkOnly` nothing is written.
 */
export async function defineAttributes(
  tx: Tx,
  ctx: Ctx,
  wanted: readonly AttributeDefinition[],
  checkOnly = false,
): Promise<void> {
  if (wanted.length === 0) return;
  const { sql } = tx;
  const known = await sql<{ key: string; label: string; type: AttributeType }[]>`
    select key, label, type from attribute_definitions
    where workspace_id = ${ctx.workspaceId} and key = any(${wanted.map((one) => one.key)}::text[])`;
  for (const { key, type } of wanted) {
    const other = known.find((one) => one.key === key);
    if (other && other.type !== type) {
      throw new AppError(
        'conflict',
        `The attribute “${other.label}” is a ${other.type} already and cannot be a ${type}.`,
      );
    }
  }
  const missing = wanted.filter(({ key }) => !known.some((one) => one.key === key));
  if (checkOnly || missing.length === 0) return;
  await sql`
    insert into attribute_definitions (workspace_id, key, label, type)
    select ${ctx.workspaceId}, key, label, type
    from unnest(${missing.map((one) => one.key)}::text[], ${missing.map((one) => one.label)}::text[],
      ${missing.map((one) => one.type)}::text[]) as t(key, label, type)
    on conflict (workspace_id, key) do nothing`;
  for (const { key, label, type } of missing) {
    await recordAudit(tx, ctx, {
      action: 'attribute.defined',
      subjectType: 'attribute',
      subjectId: key,
      data: { label, type },
    });
  }
}
