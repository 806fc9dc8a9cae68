import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { type ContactInput, contactInputSchema } from '@/lib/domain/contact';
import { parseInput } from '@/lib/domain/parse-input';
import { findLivingContact } from '@/lib/features/contacts/contact-row';
import { preparePatch, refuseTakenNumber } from '@/lib/features/contacts/prepare-patch';
import { recordAudit } from '@/lib/features/history/record-audit';

/**
 * Changes the fields that are given; attributes are merged, null removes one. Consent changes are better made with
 * recordConsent, which keeps evidence. Throws `conflict` when the customer number is taken, `precondition` for erased people.
 */
export async function updateContact(ctx: Ctx, input: ContactInput & { id: string }): Promise<void> {
  authorise(ctx, 'contacts.write');
  const { id, ...fields } = input;
  const patch = parseInput(contactInputSchema, fields);
  await withTx(ctx, async (tx) => {
    const { sql } = tx;
    await findLivingContact(tx, ctx.workspaceId, id);
    const { columns, attributes } = await preparePatch(tx, ctx.workspaceId, patch);
    await refuseTakenNumber(tx, ctx.workspaceId, columns.external_id, id);
    const removed = Object.keys(attributes).filter((key) => attributes[key] === null);
    if (Object.keys(columns).length > 0) {
      await sql`update contacts set ${sql(columns)} where workspace_id = ${ctx.workspaceId} and id = ${id}`;
    }
    await sql`
      update contacts set updated_at = now(),
        attributes = jsonb_strip_nulls(attributes || ${JSON.stringify(attributes)}::text::jsonb) - ${removed}::text[]
      where workspace_id = ${ctx.workspaceId} and id = ${id}`;
    await recordAudit(tx, ctx, {
      action: 'contact.updated',
      subjectType: 'contact',
      subjectId: id,
      data: { fields: [...Object.keys(columns), ...Object.keys(attributes).map((key) => `attributes.${key}`)] },
    });
  });
}
