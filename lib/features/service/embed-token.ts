import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { acceptedSecrets, currentSecret, deriveKey } from '@/lib/features/secrets/keys';

const claimsSchema = z.tuple([z.string().max(40), z.string().max(40), z.string().max(60), z.number().int()]);

export interface EmbedClaims {
  workspaceId: string;
  contactId: string;
  /** The person or the API key that made the link. */
  agent: string;
  expiresAtMs: number;
}

function mac(payload: string, secret: string): Buffer {
  return createHmac('sha256', deriveKey('embed-link', secret)).update(payload).digest();
}

/** What a panel may show, to whom and until when, as a token nobody else can make (HMAC-SHA-256, RFC 2104). */
export function sealEmbedToken({ workspaceId, contactId, agent, expiresAtMs }: EmbedClaims): string {
  const payload = Buffer.from(JSON.stringify([workspaceId, contactId, agent, expiresAtMs])).toString('base64url');
  return `${payload}.${mac(payload, currentSecret()).toString('base64url')}`;
}

/** The claims of a token of ours, expired or not; null for any other text. */
export function openEmbedToken(token: string): EmbedClaims | null {
  const match = /^([\w-]{20,400})\.([\w-]{43})$/.exec(token);
  if (!match?.[1] || !match[2]) return null;
  const [, payload, given] = match;
  const isOurs = acceptedSecrets().some((secret) =>
    timingSafeEqual(mac(payload, secret), Buffer.from(given, 'base64url')),
  );
  if (!isOurs) return null;
  const claims = claimsSchema.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
  if (!claims.success) return null;
  const [workspaceId, contactId, agent, expiresAtMs] = claims.data;
  return { workspaceId, contactId, agent, expiresAtMs };
}
