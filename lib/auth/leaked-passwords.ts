import { createHash } from 'node:crypto';
import { LEAKED_LIST } from '@/lib/auth/leaked-list';

/** Enough to tell tens of thousands apart: one good password in a hundred thousand is taken for a leaked one. */
export const LEAKED_BYTES = 4;

/** Capitals make no difference to who tries a list. */
export function leakedForm(password: string): string {
  return password.normalize('NFKC').toLowerCase();
}

let list: Buffer | undefined;

/** Whether a password is among the most common leaked ones (OWASP ASVS 5.0 6.2.4). Looked up here; nobody is asked. */
export function isLeaked(password: string): boolean {
  list ??= Buffer.from(LEAKED_LIST, 'base64');
  const wanted = createHash('sha256').update(leakedForm(password)).digest().readUInt32BE(0);
  let low = 0;
  let high = list.length / LEAKED_BYTES - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = list.readUInt32BE(middle * LEAKED_BYTES);
    if (found === wanted) return true;
    if (found < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}
