import { createHash, randomBytes } from 'node:crypto';
import type { Tx } from '@/lib/db/client';

export const RECOVERY_CODES = 10;
// 32 that are told apart when read aloud or from paper: no i, l, o, 0
const LETTERS = 'abcdefghjkmnpqrstuvwxyz123456789';
const GROUPS = 4;
const GROUP = 6;

/** 24 letters of 5 bits each: with 112 bits or more a plain digest is enough (OWASP ASVS 5.0 6.5.2). */
export function newRecoveryCode(): string {
  const letters = [...randomBytes(GROUPS * GROUP)].map((byte) => LETTERS[byte & 31]).join('');
  return letters.match(/.{6}/g)?.join('-') ?? letters;
}

/** What is stored of a code; however it was typed, as long as its letters are right. */
export function recoveryCodeHash(userId: string, typed: string): string {
  const letters = typed.toLowerCase().replace(/[^a-z0-9]/g, '');
  return createHash('sha256').update(`${userId}\n${letters}`).digest('base64url');
}

/** Gives a person ten new codes in place of those they had. They are not stored and cannot be had again. */
export async function replaceRecoveryCodes({ sql }: Pick<Tx, 'sql'>, userId: string): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
  const hashes = codes.map((code) => recoveryCodeHash(userId, code));
  await sql`delete from recovery_codes where user_id = ${userId}`;
  await sql`insert into recovery_codes (user_id, code_hash) select ${userId}, unnest(${hashes}::text[])`;
  return codes;
}

/** Uses a code up: true for one of two that come at the same moment, and never again. */
export async function takeRecoveryCode({ sql }: Pick<Tx, 'sql'>, userId: string, typed: string): Promise<boolean> {
  const used = await sql`
    delete from recovery_codes where user_id = ${userId} and code_hash = ${recoveryCodeHash(userId, typed)}`;
  return used.count > 0;
}
