import { hashPassword, needsRehash, verifyPassword } from '@/lib/auth/password';
import { pool } from '@/lib/db/client';

/** The account that this address and password open, or null; takes as long either way. */
export async function checkPassword(
  email: string,
  password: string,
): Promise<{ id: string; name: string; email: string } | null> {
  const sql = pool();
  const [user] = await sql<{ id: string; name: string; email: string; hash: string | null }[]>`
    select id, name, email, password_hash as hash from users where email = ${email} and disabled_at is null`;
  if (!(await verifyPassword(password, user?.hash ?? null)) || !user?.hash) return null;
  if (needsRehash(user.hash)) {
    const renewed = await hashPassword(password);
    await sql`update users set password_hash = ${renewed} where id = ${user.id} and password_hash = ${user.hash}`;
  }
  return { id: user.id, name: user.name, email: user.email };
}
