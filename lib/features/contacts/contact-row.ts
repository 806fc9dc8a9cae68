import type { Tx } from '@/lib/db/client';
import type { Consent } from '@/lib/domain/contact';
import { AppError } from '@/lib/errors';
import type { Fragment } from '@/lib/features/contacts/fragment';

export interface Contact {
  id: string;
  externalId: string | null;
  email: string | null;
  phone: string | null;
  firstName: string | null;
  lastName: string | null;
  language: string | null;
  timeZone: string | null;
  attributes: Record<string, unknown>;
  emailConsent: Consent;
  smsConsent: Consent;
  emailOptedOutAt: Date | null;
  smsOptedOutAt: Date | null;
  doNotMarket: boolean;
  trackingOff: boolean;
  hardBounces: number;
  softBounces: number;
  erasedAt: Date | null;
  importId: string | null;
  createdAt: Date;
  updatedAt: Date;
}

/** The columns of `contacts c` as a Contact. */
export function contactColumns(sql: Tx['sql']): Fragment {
  return sql`
    c.id, c.external_id as "externalId", c.email, c.phone, c.first_name as "firstName", c.last_name as "lastName",
    c.language, c.time_zone as "timeZone", c.attributes, c.email_consent as "emailConsent",
    c.sms_consent as "smsConsent", c.email_opted_out_at as "emailOptedOutAt", c.sms_opted_out_at as "smsOptedOutAt",
    c.do_not_market as "doNotMarket", c.tracking_off as "trackingOff", c.hard_bounces as "hardBounces",
    c.soft_bounces as "softBounces", c.erased_at as "erasedAt", c.import_id as "importId",
    c.created_at as "createdAt", c.updated_at as "updatedAt"`;
}

/** The contact's row, locked for the rest of the transaction if asked. Throws `not_found`. */
export async function findContact(
  { sql }: Pick<Tx, 'sql'>,
  workspaceId: string,
  id: string,
  lock = false,
): Promise<Contact> {
  const [contact] = await sql<Contact[]>`
    select ${contactColumns(sql)} from contacts c
    where c.workspace_id = ${workspaceId} and c.id = ${id} ${lock ? sql`for update` : sql``}`;
  if (!contact) throw new AppError('not_found', 'There is no such contact in this workspace.');
  return contact;
}

/** As findContact with a lock; throws `precondition` for somebody who was erased. */
export async function findLivingContact(tx: Pick<Tx, 'sql'>, workspaceId: string, id: string): Promise<Contact> {
  const contact = await findContact(tx, workspaceId, id, true);
  if (contact.erasedAt) throw new AppError('precondition', 'This person was erased on request. Nothing was changed.');
  return contact;
}
