import type { Tx } from '@/lib/db/client';
import type { AttributeValue } from '@/lib/domain/attribute';
import type { ContactPatch } from '@/lib/domain/contact';
import { AppError } from '@/lib/errors';
import { checkAttributes } from '@/lib/features/contacts/check-attributes';
import { addressHashes } from '@/lib/features/suppressions/address-hash';
import { normaliseAddress } from '@/lib/features/suppressions/normalise-address';

export interface PreparedPatch {
  /** Column of contacts → new value; a column left out stays. */
  columns: Record<string, string | boolean | null>;
  attributes: Record<string, AttributeValue | null>;
}

async function refuseErased({ sql }: Pick<Tx, 'sql'>, workspaceId: string, hashes: string[]): Promise<void> {
  if (hashes.length === 0) return;
  const [found] = await sql`
    select 1 from suppressions where workspace_id = ${workspaceId} and channel in ('email', 'sms')
      and reason = 'erased' and address_hash = any(${hashes}::text[])`;
  if (!found) return;
  const text = 'This person asked to be erased; the address cannot be stored again. Nothing was saved.';
  throw new AppError('precondition', text);
}

/** Normalises the address columns, checks attributes, and refuses addresses of erased people. */
export async function preparePatch(tx: Tx, workspaceId: string, patch: ContactPatch): Promise<PreparedPatch> {
  const { attributes = {}, phone, ...rest } = patch;
  const [number] = await Promise.all([
    phone?.trim() ? normaliseAddress(tx, workspaceId, 'sms', phone) : null,
    checkAttributes(tx, workspaceId, attributes),
    refuseErased(tx, workspaceId, rest.email ? addressHashes('email', rest.email) : []),
  ]);
  if (number) await refuseErased(tx, workspaceId, addressHashes('sms', number));
  const given: Record<string, string | boolean | null | undefined> = {
    external_id: rest.externalId,
    email: rest.email,
    phone: phone === undefined ? undefined : number,
    first_name: rest.firstName,
    last_name: rest.lastName,
    language: rest.language,
    time_zone: rest.timeZone,
    email_consent: rest.emailConsent,
    sms_consent: rest.smsConsent,
    do_not_market: rest.doNotMarket,
    tracking_off: rest.trackingOff,
  };
  const columns = Object.fromEntries(
    Object.entries(given).flatMap(([column, value]) => (value === undefined ? [] : [[column, value]])),
  );
  return { columns, attributes };
}

/** Throws `conflict` when another contact of the workspace has the customer number. */
export async function refuseTakenNumber(
  { sql }: Pick<Tx, 'sql'>,
  workspaceId: string,
  externalId: unknown,
  ownId: string,
): Promise<void> {
  if (typeof externalId !== 'string') return;
  const [other] = await sql`
    select 1 from contacts where workspace_id = ${workspaceId} and external_id = ${externalId} and id <> ${ownId}`;
  if (!other) return;
  throw new AppError('conflict', `Another contact has the customer number ${externalId}. Nothing was saved.`, {
    issues: [{ path: 'externalId', message: 'is another contact’s' }],
  });
}
