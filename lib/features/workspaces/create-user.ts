import type { Tx } from '@/lib/db/client';
import { newId } from '@/lib/ids';

interface NewUser {
  /** Normalised; its mailbox was proven by a link sent there, or by holding the installation's secret. */
  email: string;
  name: string;
  passwordHash: string | null;
}

/** The account of an address: the one there is, or a new one. An existing account is left as it is. */
export async function findOrCreateUser(
  tx: Tx,
  { email, name, passwordHash }: NewUser,
): Promise<{ id: string; name: string }> {
  const id = newId('user');
  await tx.sql`
    insert into users (id, email, name, password_hash, email_verified_at) values (${id}, ${email}, ${name}, ${passwordHash}, now())
    on conflict (email) do update set email_verified_at = coalesce(users.email_verified_at, now())`;
  const [user] = await tx.sql<{ id: string; name: string }[]>`select id, name from users where email = ${email}`;
  return user ?? { id, name };
}
