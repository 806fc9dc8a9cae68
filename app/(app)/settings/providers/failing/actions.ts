'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { addFailingProvider } from '@/lib/features/providers/add-failing-provider';
import { formAction } from '@/lib/http/form-action';

export const addFailing = formAction(z.object({ baseUrl: z.string() }), async (ctx, { baseUrl }) => {
  await addFailingProvider(ctx, { baseUrl });
  revalidatePath('/settings/providers', 'layout');
  redirect('/settings/providers');
});
