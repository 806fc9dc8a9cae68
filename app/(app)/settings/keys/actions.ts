'use server';

import { revalidatePath } from 'next/cache';
import type { Ctx } from '@/lib/context';
import { apiKeyInputSchema } from '@/lib/domain/api-key';
import { createApiKey } from '@/lib/features/api-keys/create-api-key';
import { revokeApiKey } from '@/lib/features/api-keys/revoke-api-key';
import { action } from '@/lib/http/action';

export const makeKey = action(apiKeyInputSchema, async (ctx, input) => {
  const made = await createApiKey(ctx, input);
  revalidatePath('/settings/keys');
  return made;
});

export const revokeKey = action(async (ctx: Ctx, { id }: { id: string }) => {
  await revokeApiKey(ctx, id);
  revalidatePath('/settings/keys');
});
