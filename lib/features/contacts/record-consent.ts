import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { consentSchema } from '@/lib/domain/contact';
import { evidenceSchema } from '@/lib/domain/list';
import { parseInput } from '@/lib/domain/parse-input';
import { findLivingContact } from '@/lib/features/contacts/contact-row';
import { recordAudit } from '@/lib/features/history/record-audit';

export const recordConsentSchema = evidenceSchema.extend({
  contactId: z.string(),
  channel: z.enum(['email', 'sms']),
  consent: consentSchema,
});

/** Sets what a person agreed to on one channel, with what proves it, as a line of history. The same again changes nothing. */
export async function recordConsent(
  ctx: Ctx,
  input: z.input<typeof recordConsentSchema>,
): Promise<{ changed: boolean }> {
  authorise(ctx, 'contacts.write');
  const { contactId, channel, consent, source, evidence } = parseInput(recordConsentSchema, input);
  return withTx(ctx, async (tx) => {
    const { sql } = tx;
    const contact = await findLivingContact(tx, ctx.workspaceId, contactId);
    if ((channel === 'email' ? contact.emailConsent : contact.smsConsent) === consent) return { changed: false };
    const column = sql(channel === 'email' ? 'email_consent' : 'sms_consent');
    await sql`
      update contacts set ${column} = ${consent}, updated_at = now()
      where workspace_id = ${ctx.workspaceId} and id = ${contactId}`;
    await sql`
      insert into interactions (workspace_id, contact_id, type, data)
      values (${ctx.workspaceId}, ${contactId}, ${`${channel}.consent_${consent}`},
              ${JSON.stringify({ source, evidence: evidence ?? {} })}::text::jsonb)`;
    await recordAudit(tx, ctx, {
      action: 'contact.consent_recorded',
      subjectType: 'contact',
      subjectId: contactId,
      data: { channel, consent, source },
    });
    return { changed: true };
  });
}
