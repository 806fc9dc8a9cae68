import { createHash } from 'node:crypto';
import { networkOf } from '@/lib/auth/request-origin';
import { type BucketAnswer, type BucketRule, takeToken } from '@/lib/auth/token-bucket';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

export type SignInTry = 'password' | 'link' | 'code';

/** Narrow for one network trying one account; wide for the account alone, so that nobody can lock its owner out. */
const RULES: Record<SignInTry, Record<'pair' | 'network' | 'account', BucketRule>> = {
  password: {
    pair: { capacity: 6, refillMs: 30 * SECOND },
    network: { capacity: 40, refillMs: 6 * SECOND },
    account: { capacity: 60, refillMs: 20 * SECOND },
  },
  link: {
    pair: { capacity: 4, refillMs: 2 * MINUTE },
    network: { capacity: 20, refillMs: 30 * SECOND },
    account: { capacity: 8, refillMs: 4 * MINUTE },
  },
  // three of a million codes are right at any time, and only who knows the password gets here
  code: {
    pair: { capacity: 6, refillMs: 30 * SECOND },
    network: { capacity: 40, refillMs: 6 * SECOND },
    account: { capacity: 30, refillMs: MINUTE },
  },
};

/** Counts one attempt to sign in against account, network and the pair of both; refused by the first that is empty. */
export async function limitSignIn(kind: SignInTry, email: string, ip: string | null): Promise<BucketAnswer> {
  const account = createHash('sha256').update(email).digest('base64url').slice(0, 22);
  const network = networkOf(ip);
  const keys = { pair: `${account}:${network}`, network, account };
  for (const scope of ['pair', 'network', 'account'] as const) {
    const answer = await takeToken(`${kind}:${scope}:${keys[scope]}`, RULES[kind][scope]);
    if (!answer.allowed) return answer;
  }
  return { allowed: true, remaining: 1, retryAfterMs: 0 };
}
