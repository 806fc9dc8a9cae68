import { z } from 'zod';
import { authorise, type Ctx, may } from '@/lib/context';
import { type Tx, withRead } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { type Contact, contactColumns } from '@/lib/features/contacts/contact-row';
import { parseAddress, workspaceCountry } from '@/lib/features/suppressions/normalise-address';

const exactlyOne = (found: Record<string, unknown>) =>
  Object.values(found).filter((one) => one !== undefined).length === 1;

/** What names a person in another system; exactly one of these. */
export const contactReferenceSchema = z
  .object({
    id: z.string().max(40).optional(),
    externalId: z.string().max(120).optional(),
    email: z.string().max(254).optional(),
    phone: z.string().max(60).optional(),
  })
  .refine(exactlyOne, 'Give exactly one of id, externalId, email and phone.');
export type ContactReference = z.input<typeof contactReferenceSchema>;

/** The contacts a reference names, in the caller's transaction: email and phone may name several people. */
export async function findReferenced(
  tx: Pick<Tx, 'sql'>,
  workspaceId: string,
  reference: z.output<typeof contactReferenceSchema>,
): Promise<Contact[]> {
  const { sql } = tx;
  const { id, externalId, email, phone } = reference;
  const channel = email === undefined ? 'sms' : 'email';
  const country = phone === undefined ? undefined : await workspaceCountry(tx, workspaceId);
  const address = parseAddress(channel, email ?? phone ?? '', country);
  const byAddress = channel === 'email' ? sql`c.email` : sql`c.phone`;
  const match =
    id !== undefined
      ? sql`c.id = ${id}`
      : externalId !== undefined
        ? sql`c.external_id = ${externalId}`
        : sql`${byAddress} = ${address.ok ? address.address : null}`;
  return await sql<Contact[]>`
    select ${contactColumns(sql)} from contacts c
    where c.workspace_id = ${workspaceId} and c.erased_at is null and ${match} order by c.id limit 100`;
}

/** Everybody with exactly this id, customer number, email or phone (in any writing); none is an empty answer. */
export async function lookupContacts(ctx: Ctx, input: ContactReference): Promise<{ items: Contact[] }> {
  if (!may(ctx, 'service.lookup')) authorise(ctx, 'contacts.read');
  const reference = parseInput(contactReferenceSchema, input);
  return withRead(ctx, async (tx) => ({ items: [...(await findReferenced(tx, ctx.workspaceId, reference))] }));
}

/** The one contact a reference names; throws `not_found` for nobody and `conflict` for several. */
export async function findOneReferenced(
  tx: Tx,
  workspaceId: string,
  reference: z.output<typeof contactReferenceSchema>,
): Promise<Contact> {
  const [contact, second] = await findReferenced(tx, workspaceId, reference);
  if (!contact) throw new AppError('not_found', 'There is no such contact in this workspace.');
  if (second) {
    throw new AppError(
      'conflict',
      'Several contacts have this address: name one by id or externalId. Nothing was done.',
    );
  }
  return contact;
}
