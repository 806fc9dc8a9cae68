'use server';

import { redirect } from 'next/navigation';
import { after } from 'next/server';
import { closeSession, openWithCode } from '@/lib/auth/open-session';
import { recoveryCodeNews, sendAccountNews } from '@/lib/auth/system-mails';
import { type ActionResult, attempt } from '@/lib/http/action';

/** Finishes the sign-in that waits for a code in this browser. */
export async function enterCode(code: string): Promise<ActionResult<null>> {
  return await attempt(async () => {
    const { email, provenBy, recoveryCodesLeft } = await openWithCode(String(code).slice(0, 100));
    if (provenBy === 'recovery_code') after(() => sendAccountNews(email, recoveryCodeNews(recoveryCodesLeft)));
    return null;
  });
}

/** Gives up the sign-in that waits for a code. */
export async function startOver(): Promise<void> {
  const result = await attempt(closeSession);
  if (result.ok) redirect('/sign-in');
}
