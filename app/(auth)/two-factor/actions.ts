'use server';

import { after } from 'next/server';
import { z } from 'zod';
import { ACCOUNT_NEWS, sendAccountNews } from '@/lib/auth/system-mails';
import { renewRecoveryCodes, turnOffSecondFactor } from '@/lib/auth/turn-off-second-factor';
import { offerSecondFactor, turnOnSecondFactor } from '@/lib/auth/turn-on-second-factor';
import { ownAction } from '@/lib/http/action';

const code = z.string().max(100);
const password = z.string().max(1000);

export const begin = ownAction(z.object({ password }), offerSecondFactor);

export const turnOn = ownAction(z.object({ code }), async (signedIn, input, { ip }) => {
  const { recoveryCodes } = await turnOnSecondFactor(signedIn, { ...input, ip });
  after(() => sendAccountNews(signedIn.user.email, ACCOUNT_NEWS.turnedOn));
  return { recoveryCodes };
});

export const turnOff = ownAction(z.object({ code, password }), async (signedIn, input, { ip }) => {
  const { ended } = await turnOffSecondFactor(signedIn, { ...input, ip });
  after(() => sendAccountNews(signedIn.user.email, ACCOUNT_NEWS.turnedOff));
  return { ended };
});

export const renewCodes = ownAction(z.object({ code }), async (signedIn, input, { ip }) => {
  const { recoveryCodes } = await renewRecoveryCodes(signedIn, { ...input, ip });
  after(() => sendAccountNews(signedIn.user.email, ACCOUNT_NEWS.renewed));
  return { recoveryCodes };
});
