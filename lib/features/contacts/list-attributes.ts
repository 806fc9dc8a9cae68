import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import type { AttributeDefinition } from '@/lib/domain/attribute';

/** The attributes of the workspace by label. */
export async function listAttributes(ctx: Ctx): Promise<AttributeDefinition[]> {
  authorise(ctx, 'contacts.read');
  return withTx(ctx, async ({ sql }) => {
    return await sql<AttributeDefinition[]>`
      select key, label, type from attribute_definitions where workspace_id = ${ctx.workspaceId}
      order by lower(label), key limit 1000`;
  });
}
