'use server';

import { revalidatePath } from 'next/cache';
import type { Ctx } from '@/lib/context';
import { addSuppression } from '@/lib/features/suppressions/add-suppression';
import { importSuppressions } from '@/lib/features/suppressions/import-suppressions';
import { removeSuppression } from '@/lib/features/suppressions/remove-suppression';
import { action } from '@/lib/http/action';

function thenRefresh<I, T>(verb: (ctx: Ctx, input: I) => Promise<T>) {
  return action(async (ctx: Ctx, input: I) => {
    const result = await verb(ctx, input);
    revalidatePath('/suppressions');
    return result;
  });
}

export const add = thenRefresh(addSuppression);
export const addMany = thenRefresh(importSuppressions);
export const remove = thenRefresh(removeSuppression);
