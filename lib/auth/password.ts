import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { isLeaked } from '@/lib/auth/leaked-passwords';
import { passwordIssue } from '@/lib/auth/password-policy';
import { AppError } from '@/lib/errors';

interface Cost {
  log2N: number;
  r: number;
  p: number;
}

const COST: Cost = { log2N: 15, r: 8, p: 3 };
const KEY_BYTES = 32;
const SALT_BYTES = 16;

function derive(password: string, salt: Buffer, { log2N, r, p }: Cost): Promise<Buffer> {
  const N = 2 ** log2N;
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, { N, r, p, maxmem: 256 * N * r }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

/** A storable digest: scrypt (RFC 7914) with its own salt and its parameters, at the cost OWASP recommends. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, COST);
  return ['scrypt', COST.log2N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

function readDigest(stored: string): { cost: Cost; salt: Buffer; key: Buffer } | null {
  const match = /^scrypt\$(\d{1,2})\$(\d{1,2})\$(\d{1,2})\$([\w-]+)\$([\w-]{43})$/.exec(stored);
  if (!match) return null;
  const [, log2N, r, p, salt, key] = match;
  if (Number(log2N) > 20 || !salt || !key) return null;
  const cost = { log2N: Number(log2N), r: Number(r), p: Number(p) };
  return { cost, salt: Buffer.from(salt, 'base64url'), key: Buffer.from(key, 'base64url') };
}

const nobody = { cost: COST, salt: Buffer.alloc(SALT_BYTES), key: Buffer.alloc(KEY_BYTES) };

/**
 * Whether the password is the one that was hashed. Costs the same when there is no account or no password, so that
 * time does not tell which addresses exist.
 */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const digest = (stored && readDigest(stored)) || null;
  const { cost, salt, key } = digest ?? nobody;
  const given = await derive(password, salt, cost);
  return timingSafeEqual(given, key) && digest !== null;
}

/** Whether a digest was made at another cost than today's and should be made anew at the next sign-in. */
export function needsRehash(stored: string): boolean {
  return !stored.startsWith(`scrypt$${COST.log2N}$${COST.r}$${COST.p}$`);
}

/** What is wrong with a password somebody chooses, as one sentence, or null: by the policy, or because it has leaked. */
export function newPasswordIssue(password: string, email: string): string | null {
  const issue = passwordIssue(password, email);
  if (issue || !isLeaked(password)) return issue;
  return 'This password is in lists that were stolen elsewhere, and those are tried first. Choose another.';
}

/** The digest of a password somebody chooses; throws `invalid` with the reason if it is too weak. */
export async function hashNewPassword(password: string, email: string): Promise<string> {
  const message = newPasswordIssue(password, email);
  if (message) {
    throw new AppError('invalid', `Nothing was saved. ${message}`, { issues: [{ path: 'password', message }] });
  }
  return await hashPassword(password);
}
