import type { Tx } from '@/lib/db/client';
import { type AttributeType, type AttributeValue, hasType, TYPE_NEEDS } from '@/lib/domain/attribute';
import { AppError, type FieldIssue } from '@/lib/errors';

/** Checks that attributes are defined and have their types; throws `invalid` with one issue per wrong one. */
export async function checkAttributes(
  { sql }: Pick<Tx, 'sql'>,
  workspaceId: string,
  attributes: Readonly<Record<string, AttributeValue | null>>,
): Promise<void> {
  const keys = Object.keys(attributes);
  if (keys.length === 0) return;
  const known = await sql<{ key: string; label: string; type: AttributeType }[]>`
    select key, label, type from attribute_definitions
    where workspace_id = ${workspaceId} and key = any(${keys}::text[])`;
  const issues = keys.flatMap((key): FieldIssue[] => {
    const definition = known.find((one) => one.key === key);
    const path = `attributes.${key}`;
    if (!definition) return [{ path, message: `There is no attribute “${key}”; define it first.` }];
    const value = attributes[key];
    if (value === null || hasType(definition.type, value)) return [];
    return [{ path, message: `${definition.label} ${TYPE_NEEDS[definition.type]}.` }];
  });
  const [first] = issues;
  if (first) throw new AppError('invalid', `Nothing was saved. ${first.message}`, { issues });
}
