'use server';

import { revalidatePath } from 'next/cache';
import { currentSignedIn } from '@/lib/auth/current';
import { revokeOtherSessions, revokeSession } from '@/lib/auth/revoke-session';
import type { Ctx } from '@/lib/context';
import { action } from '@/lib/http/action';

export const endOne = action(async (ctx: Ctx, input: { sessionId: string }) => {
  await revokeSession(ctx, input);
  revalidatePath('/settings/sessions');
});

export const endOthers = action(async (ctx: Ctx, _: null) => {
  const result = await revokeOtherSessions(ctx, (await currentSignedIn())?.sessionId ?? '');
  revalidatePath('/settings/sessions');
  return result;
});
