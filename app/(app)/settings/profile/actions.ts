'use server';

import { revalidatePath } from 'next/cache';
import { changePassword, changePasswordSchema } from '@/lib/auth/change-password';
import { currentSignedIn } from '@/lib/auth/current';
import { renameSelf, renameSelfSchema } from '@/lib/auth/rename-self';
import { formAction } from '@/lib/http/form-action';

export const saveName = formAction(
  renameSelfSchema,
  async (ctx, input) => {
    await renameSelf(ctx, input);
    revalidatePath('/', 'layout');
  },
  () => 'Saved.',
);

export const savePassword = formAction(
  changePasswordSchema.omit({ keepSessionId: true }),
  async (ctx, input) => {
    const keepSessionId = (await currentSignedIn())?.sessionId ?? '';
    const result = await changePassword(ctx, { ...input, keepSessionId });
    revalidatePath('/settings', 'layout');
    return result;
  },
  ({ ended }) =>
    ended === 0 ? 'The password is changed.' : `The password is changed, and ${ended} other sessions ended.`,
);
