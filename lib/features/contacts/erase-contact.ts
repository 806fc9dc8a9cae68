import { z } from 'zod';
import { authorise, type Ctx, systemCtx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { type Contact, findContact } from '@/lib/features/contacts/contact-row';
import { recordAudit } from '@/lib/features/history/record-audit';
import { insertSuppressions, type NewSuppression } from '@/lib/features/suppressions/insert-suppressions';

export const eraseContactSchema = z.object({
  contactId: z.string(),
  /** Who asked and how, without personal data; part of the receipt. */
  why: z.string().trim().min(1).max(500),
});

export interface ErasureReceipt {
  contactId: string;
  erasedAt: Date;
  /** Rows from which personal data was taken, by table. */
  cleared: Record<string, number>;
}

/** Every other place in which the person's data is kept. Counts of the ledger stay; who it was does not. */
async function clearTraces({ sql }: Tx, workspaceId: string, contact: Contact): Promise<Record<string, number>> {
  const { id, email, phone, externalId } = contact;
  const known = [email, phone, externalId].filter((value) => value !== null);
  const subscriptions = await sql`
    delete from subscriptions where workspace_id = ${workspaceId} and contact_id = ${id}`;
  const members = await sql`
    update run_members set email = null, phone = null, snapshot = null
    where workspace_id = ${workspaceId} and contact_id = ${id}
      and (email is not null or phone is not null or snapshot is not null)`;
  const interactions = await sql`
    update interactions set data = null where workspace_id = ${workspaceId} and contact_id = ${id} and data is not null`;
  // what a person wrote when deciding that it was sent
  const deliveries = await sql`
    update deliveries set answer = null
    where workspace_id = ${workspaceId} and contact_id = ${id} and answer is not null and resolution is not null`;
  const outputs = await sql`
    update output_rows set values = '{}' where workspace_id = ${workspaceId} and contact_id = ${id}`;
  const changes = await sql`
    delete from import_changes where workspace_id = ${workspaceId} and contact_id = ${id}`;
  const rejections = await sql`
    update import_rejections set raw = '[]', message = 'Erased on request.'
    where workspace_id = ${workspaceId} and exists (
      select 1 from jsonb_array_elements_text(raw) cell where lower(trim(cell)) = any(
        select lower(k) from unnest(${known}::text[]) k))`;
  return {
    subscriptions: subscriptions.count,
    run_members: members.count,
    interactions: interactions.count,
    deliveries: deliveries.count,
    output_rows: outputs.count,
    import_changes: changes.count,
    import_rejections: rejections.count,
  };
}

/**
 * Erases a person: every personal value goes, also from frozen runs, history and import reports; the ledger's counts
 * stay. Only a keyed hash of each address remains, so that no later import brings the person back. Erasing again gives
 * a receipt of nothing. Throws `not_found`.
 */
export async function eraseContact(ctx: Ctx, input: z.input<typeof eraseContactSchema>): Promise<ErasureReceipt> {
  authorise(ctx, 'contacts.erase');
  const { contactId, why } = parseInput(eraseContactSchema, input);
  const { workspaceId } = ctx;
  return withTx(systemCtx(workspaceId, 'erasure'), async (tx) => {
    const { sql } = tx;
    const contact = await findContact(tx, workspaceId, contactId, true);
    if (contact.erasedAt) return { contactId, erasedAt: contact.erasedAt, cleared: {} };
    const cleared = await clearTraces(tx, workspaceId, contact);
    const entry = (channel: 'email' | 'sms', address: string): NewSuppression => {
      return { channel, address, reason: 'erased', source: 'erasure', note: null };
    };
    await insertSuppressions(tx, workspaceId, [
      ...(contact.email ? [entry('email', contact.email)] : []),
      ...(contact.phone ? [entry('sms', contact.phone)] : []),
    ]);
    const [row] = await sql<{ erasedAt: Date }[]>`
      update contacts set external_id = null, email = null, phone = null, first_name = null, last_name = null,
        language = null, time_zone = null, attributes = '{}', email_consent = 'revoked', sms_consent = 'revoked',
        do_not_market = true, tracking_off = true, import_id = null, erased_at = now(), updated_at = now()
      where workspace_id = ${workspaceId} and id = ${contactId} returning erased_at as "erasedAt"`;
    await recordAudit(tx, ctx, {
      action: 'contact.erased',
      subjectType: 'contact',
      subjectId: contactId,
      data: { why, cleared },
    });
    return { contactId, erasedAt: row?.erasedAt ?? new Date(), cleared };
  });
}
