import type { Adapter, AdapterUser } from 'next-auth/adapters';
import { pool } from '@/lib/db/client';

interface UserRow {
  id: string;
  name: string;
  email: string;
  emailVerified: Date | null;
}

async function findUser(by: { id: string } | { email: string }): Promise<AdapterUser | null> {
  const sql = pool();
  const [row] = await sql<UserRow[]>`
    select id, name, email, email_verified_at as "emailVerified" from users
    where ${'id' in by ? sql`id = ${by.id}` : sql`email = ${by.email}`} and disabled_at is null`;
  return row ?? null;
}

/**
 * What next-auth needs of our tables to sign in by mail. Accounts begin with an invitation, never with a visit. Tokens
 * arrive hashed, are single-use, and using one ends all others of the same person.
 */
export const adapter: Adapter = {
  getUser: (id) => findUser({ id }),
  getUserByEmail: (email) => findUser({ email }),

  createUser: async () => {
    throw new Error('An account begins with an invitation.');
  },

  updateUser: async ({ id }) => {
    await pool()`update users set email_verified_at = coalesce(email_verified_at, now()) where id = ${id}`;
    const user = await findUser({ id });
    if (!user) throw new Error('The account no longer exists.');
    return user;
  },

  createVerificationToken: async ({ identifier, token, expires }) => {
    const sql = pool();
    await sql`delete from verification_tokens where expires_at < now()`;
    await sql`
      insert into verification_tokens (identifier, token_hash, expires_at)
      select ${identifier}, ${token}, ${expires} where exists (
        select from users where email = ${identifier} and disabled_at is null)`;
    return { identifier, token, expires };
  },

  useVerificationToken: async ({ identifier, token }) => {
    const [used] = await pool()<{ identifier: string; token: string; expires: Date }[]>`
      with used as (
        delete from verification_tokens where identifier = ${identifier} and token_hash = ${token} returning *),
      others as (
        delete from verification_tokens v using used where v.identifier = used.identifier and v.token_hash <> used.token_hash)
      select identifier, token_hash as token, expires_at as expires from used`;
    return used ?? null;
  },
};
