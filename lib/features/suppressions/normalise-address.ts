import type { Tx } from '@/lib/db/client';
import { parseEmailAddress } from '@/lib/domain/email-address';
import { AppError } from '@/lib/errors';
import type { SuppressionChannel } from '@/lib/features/suppressions/address-hash';
import { normalisePhone } from '@/lib/features/suppressions/normalise-phone';

export async function workspaceCountry({ sql }: Pick<Tx, 'sql'>, workspaceId: string): Promise<string | undefined> {
  const [workspace] = await sql<{ country: string | null }[]>`
    select settings ->> 'defaultCountry' as country from workspaces where id = ${workspaceId}`;
  return workspace?.country ?? undefined;
}

/** The address as it is stored, or the reason why it is none. */
export function parseAddress(channel: SuppressionChannel, text: string, country: string | undefined) {
  if (channel === 'sms') {
    const phone = normalisePhone(text, country);
    return phone.ok ? { ok: true as const, address: phone.phone } : phone;
  }
  const email = parseEmailAddress(text);
  return email.ok ? { ok: true as const, address: email.email } : email;
}

/** The address as it is stored; throws `invalid` with the reason. */
export async function normaliseAddress(
  tx: Pick<Tx, 'sql'>,
  workspaceId: string,
  channel: SuppressionChannel,
  text: string,
): Promise<string> {
  const country = channel === 'sms' ? await workspaceCountry(tx, workspaceId) : undefined;
  const parsed = parseAddress(channel, text, country);
  if (parsed.ok) return parsed.address;
  throw new AppError('invalid', `“${text.slice(0, 80)}” ${parsed.message}. Nothing was changed.`, {
    issues: [{ path: 'address', message: parsed.message }],
  });
}
