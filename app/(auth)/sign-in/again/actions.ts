'use server';

import { z } from 'zod';
import { renewProof } from '@/lib/auth/renew-proof';
import { ownAction } from '@/lib/http/action';

const againSchema = z.object({ password: z.string().max(1000).default(''), code: z.string().max(100).default('') });

/** Proves once more who is signed in, for sensitive acts in the next half hour. */
export const proveAgain = ownAction(againSchema, async (signedIn, input, { ip }) => {
  await renewProof(signedIn, { ...input, ip });
});
