import { authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import type { AttributeType } from '@/lib/domain/attribute';
import { FIELD_LABELS, STANDARD_FIELDS } from '@/lib/domain/contact';

export interface MergeField {
  /** What a tag names: `first_name`, `plan`. */
  key: string;
  label: string;
  type: AttributeType;
  isAttribute: boolean;
}

/** Every field a tag may read from a contact of the workspace: the standard ones, then its attributes by label. */
export async function mergeFieldsOf({ sql }: Tx, workspaceId: string): Promise<MergeField[]> {
  const attributes = await sql<{ key: string; label: string; type: AttributeType }[]>`
    select key, label, type from attribute_definitions where workspace_id = ${workspaceId} order by lower(label), key`;
  const standard = Object.keys(STANDARD_FIELDS).map((key) => {
    return { key, label: FIELD_LABELS[key] ?? key, type: 'text' as const, isAttribute: false };
  });
  return [...standard, ...attributes.map((attribute) => ({ ...attribute, isAttribute: true }))];
}

/** The fields a template of this workspace may name. */
export async function listMergeFields(ctx: Ctx): Promise<MergeField[]> {
  authorise(ctx, 'campaigns.read');
  return withTx(ctx, (tx) => mergeFieldsOf(tx, ctx.workspaceId));
}
