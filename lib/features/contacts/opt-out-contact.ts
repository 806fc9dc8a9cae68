import { z } from 'zod';
import { authorise, type Ctx, may } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { evidenceSchema } from '@/lib/domain/list';
import { parseInput } from '@/lib/domain/parse-input';
import { findLivingContact } from '@/lib/features/contacts/contact-row';
import { recordAudit } from '@/lib/features/history/record-audit';

export const optOutContactSchema = evidenceSchema.extend({
  contactId: z.string(),
  channel: z.enum(['email', 'sms']),
  /** False takes an opt-out back, at the person's own wish only. */
  optedOut: z.boolean().default(true),
});

/**
 * Opts a contact out of a channel for every list and campaign, or back in; the next intent to send sees it. Kept as a
 * line of history with its source. The same again changes nothing.
 */
export async function optOutContact(
  ctx: Ctx,
  input: z.input<typeof optOutContactSchema>,
): Promise<{ changed: boolean }> {
  if (!may(ctx, 'service.act')) authorise(ctx, 'contacts.write');
  const { contactId, channel, optedOut, source, evidence } = parseInput(optOutContactSchema, input);
  return withTx(ctx, async (tx) => {
    const { sql } = tx;
    const contact = await findLivingContact(tx, ctx.workspaceId, contactId);
    const since = channel === 'email' ? contact.emailOptedOutAt : contact.smsOptedOutAt;
    if ((since !== null) === optedOut) return { changed: false };
    const column = sql(channel === 'email' ? 'email_opted_out_at' : 'sms_opted_out_at');
    await sql`
      update contacts set ${column} = ${optedOut ? sql`now()` : sql`null`}, updated_at = now()
      where workspace_id = ${ctx.workspaceId} and id = ${contactId}`;
    await sql`
      insert into interactions (workspace_id, contact_id, type, data)
      values (${ctx.workspaceId}, ${contactId}, ${`${channel}.${optedOut ? 'unsubscribed' : 'resubscribed'}`},
              ${JSON.stringify({ via: source, evidence: evidence ?? {} })}::text::jsonb)`;
    await recordAudit(tx, ctx, {
      action: optedOut ? 'contact.unsubscribed' : 'contact.resubscribed',
      subjectType: 'contact',
      subjectId: contactId,
      data: { channel, via: source },
    });
    return { changed: true };
  });
}
