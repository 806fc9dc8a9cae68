import { z } from 'zod';
import { actorLabel, authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { findLivingContact } from '@/lib/features/contacts/contact-row';
import { recordAudit } from '@/lib/features/history/record-audit';

export const addNoteSchema = z.object({
  contactId: z.string(),
  text: z.string().trim().min(1, 'Write what should be remembered.').max(2000),
});

/** Adds a note to a customer's history. The audit log says that, not what it says: notes go when somebody is erased. */
export async function addNote(ctx: Ctx, input: z.input<typeof addNoteSchema>): Promise<{ id: string }> {
  authorise(ctx, 'service.act');
  const { contactId, text } = parseInput(addNoteSchema, input);
  return withTx(ctx, async (tx) => {
    await findLivingContact(tx, ctx.workspaceId, contactId);
    const data = JSON.stringify({ by: actorLabel(ctx).name, text });
    const [row] = await tx.sql<{ id: string }[]>`
      insert into interactions (workspace_id, contact_id, type, data)
      values (${ctx.workspaceId}, ${contactId}, 'note', ${data}::text::jsonb) returning id`;
    await recordAudit(tx, ctx, { action: 'service.note_added', subjectType: 'contact', subjectId: contactId });
    return { id: row?.id ?? '' };
  });
}
