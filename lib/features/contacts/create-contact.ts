import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { together } from '@/lib/db/together';
import { type ContactInput, contactInputSchema } from '@/lib/domain/contact';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { preparePatch, refuseTakenNumber } from '@/lib/features/contacts/prepare-patch';
import { recordAudit } from '@/lib/features/history/record-audit';
import { newId } from '@/lib/ids';

/**
 * Adds a contact. Throws `conflict` when the customer number is taken, `precondition` for the address of somebody who
 * was erased, `invalid` for an address or attribute that is none, or when nothing identifies the person.
 */
export async function createContact(ctx: Ctx, input: ContactInput): Promise<{ id: string }> {
  authorise(ctx, 'contacts.write');
  const patch = parseInput(contactInputSchema, input);
  return withTx(ctx, async (tx) => {
    const id = newId('contact');
    const [{ columns, attributes }] = await together([
      preparePatch(tx, ctx.workspaceId, patch),
      refuseTakenNumber(tx, ctx.workspaceId, patch.externalId, id),
    ]);
    if (!columns.external_id && !columns.email && !columns.phone) {
      throw new AppError('invalid', 'A contact needs a customer number, an email or a phone. Nothing was saved.');
    }
    const known = Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null));
    const { sql } = tx;
    await together([
      sql`insert into contacts ${sql({ id, workspace_id: ctx.workspaceId, ...columns })}`,
      Object.keys(known).length > 0 &&
        sql`update contacts set attributes = ${JSON.stringify(known)}::text::jsonb
          where workspace_id = ${ctx.workspaceId} and id = ${id}`,
      recordAudit(tx, ctx, { action: 'contact.created', subjectType: 'contact', subjectId: id }),
    ]);
    return { id };
  });
}
