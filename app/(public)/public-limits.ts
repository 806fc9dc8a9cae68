import { clientAddress } from '@/app/(public)/client-address';
import { tooManyPage, unknownLinkPage } from '@/app/(public)/public-page';
import { networkOf } from '@/lib/auth/request-origin';
import { readToken, type TokenPurpose } from '@/lib/features/secrets/tokens';
import { type MemoryLevels, type MemoryRule, takeFromMemory } from '@/lib/http/memory-bucket';

const SECOND = 1000;

/** Signatures that are not ours: people mistype, mail programs cut links; whoever tries many is guessing. */
const BAD: MemoryRule = { capacity: 30, refillMs: 2 * SECOND };

/**
 * Of signatures that are ours. `network` is wide, because mail providers, scanners and whole companies come from few
 * addresses: one-click requests of a large mailing reach us at some ten a second at most. `link` is what one recipient
 * may do with theirs.
 */
const GOOD: Record<'page' | 'unsubscribe' | 'preferences', Record<'network' | 'link', MemoryRule>> = {
  page: { network: { capacity: 300, refillMs: SECOND / 10 }, link: { capacity: 20, refillMs: 3 * SECOND } },
  unsubscribe: { network: { capacity: 1000, refillMs: SECOND / 100 }, link: { capacity: 10, refillMs: 10 * SECOND } },
  preferences: { network: { capacity: 120, refillMs: SECOND / 2 }, link: { capacity: 20, refillMs: 5 * SECOND } },
};

const shared = globalThis as unknown as { waybillPublicBuckets?: MemoryLevels };

function take(key: string, rule: MemoryRule): Response | null {
  shared.waybillPublicBuckets ??= new Map();
  const { isAllowed, waitMs } = takeFromMemory(shared.waybillPublicBuckets, key, rule);
  return isAllowed ? null : tooManyPage(waitMs);
}

const networkIn = (forwardedFor: string | null) => networkOf(clientAddress(forwardedFor));

/** The answer to a signature that is not ours, made without the database: that it is wrong, or that these were many. */
export function refuseBadLink(forwardedFor: string | null, wrong: () => Response): Response {
  return take(`bad:${networkIn(forwardedFor)}`, BAD) ?? wrong();
}

/**
 * Why a personal link is not followed, before any work of the database: its signature is not ours, or too many came from
 * this network or with this very link. Null when it is.
 */
export function refusePersonalLink(
  kind: keyof typeof GOOD,
  headers: Headers,
  token: string,
  purpose: TokenPurpose = 'unsubscribe',
): Response | null {
  const forwardedFor = headers.get('x-forwarded-for');
  const deliveryId = readToken(purpose, token);
  if (!deliveryId) return refuseBadLink(forwardedFor, unknownLinkPage);
  const { network, link } = GOOD[kind];
  return take(`${kind}:${deliveryId}`, link) ?? take(`${kind}:${networkIn(forwardedFor)}`, network);
}
