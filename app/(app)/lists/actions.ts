'use server';

import { revalidatePath } from 'next/cache';
import type { Ctx } from '@/lib/context';
import { archiveList } from '@/lib/features/lists/archive-list';
import { createList } from '@/lib/features/lists/create-list';
import { subscribeContacts } from '@/lib/features/lists/subscribe-contacts';
import { updateList } from '@/lib/features/lists/update-list';
import { action } from '@/lib/http/action';

function thenRefresh<I, T>(verb: (ctx: Ctx, input: I) => Promise<T>) {
  return action(async (ctx: Ctx, input: I) => {
    const result = await verb(ctx, input);
    revalidatePath('/lists', 'layout');
    return result;
  });
}

export const create = thenRefresh(createList);
export const update = thenRefresh(updateList);
export const archive = thenRefresh(archiveList);
export const subscribe = thenRefresh(subscribeContacts);
