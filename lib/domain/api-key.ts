import { z } from 'zod';
import { PERMISSIONS } from './role';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SECRET_LENGTH = 43;
const CHECK_LENGTH = 6;

/** What a scanner for leaked secrets looks for; `isApiKey` then settles it by the checksum, without a network. */
export const API_KEY_PATTERN = new RegExp(`^wb_(live|test)_[0-9A-Za-z]{${SECRET_LENGTH + CHECK_LENGTH}}$`);

const CRC_TABLE = Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc >>> 0;
});

/** CRC-32 (ISO 3309) of ASCII text. */
function crc32(text: string): number {
  let crc = 0xffffffff;
  for (const character of text) crc = (crc >>> 8) ^ (CRC_TABLE[(crc ^ character.charCodeAt(0)) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}

function base62(value: bigint, length: number): string {
  let rest = value;
  let text = '';
  for (let i = 0; i < length; i++) {
    text = DIGITS[Number(rest % 62n)] + text;
    rest /= 62n;
  }
  return text;
}

const checksum = (body: string) => base62(BigInt(crc32(body)), CHECK_LENGTH);

/** The key made of 32 random bytes: `wb_live_`, the bytes in base 62, and a checksum of all that. */
export function formatApiKey(live: boolean, bytes: Uint8Array): string {
  const value = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const body = `wb_${live ? 'live' : 'test'}_${base62(value, SECRET_LENGTH)}`;
  return body + checksum(body);
}

/** Whether text can be a key at all: its form and checksum are right. Says nothing about whether it exists. */
export function isApiKey(text: string): boolean {
  return API_KEY_PATTERN.test(text) && checksum(text.slice(0, -CHECK_LENGTH)) === text.slice(-CHECK_LENGTH);
}

/** What stays readable of a key after it was shown: enough to recognise, useless to sign in with. */
export function apiKeyPrefix(key: string): string {
  return key.slice(0, 'wb_live_'.length + 6);
}

export const apiKeyInputSchema = z.object({
  name: z.string().trim().min(1, 'Give the key a name: the system that will use it.').max(80),
  /** A test key reads everything its scopes allow and sends through sandbox providers only. */
  live: z.boolean().default(true),
  scopes: z.array(z.enum(PERMISSIONS)).min(1, 'Choose at least one thing the key may do.'),
  expiresAt: z.iso.datetime({ offset: true }).nullable().optional(),
});
export type ApiKeyInput = z.input<typeof apiKeyInputSchema>;
