'use server';

import { revalidatePath } from 'next/cache';
import type { z } from 'zod';
import type { Ctx } from '@/lib/context';
import { addNote, addNoteSchema } from '@/lib/features/service/add-note';
import { createEmbedLink } from '@/lib/features/service/create-embed-link';
import { unsubscribeByWish, unsubscribeByWishSchema } from '@/lib/features/service/unsubscribe-by-wish';
import { action } from '@/lib/http/action';
import { formAction } from '@/lib/http/form-action';

async function unsubscribeAndShow(ctx: Ctx, input: z.output<typeof unsubscribeByWishSchema>) {
  const done = await unsubscribeByWish(ctx, input);
  revalidatePath(`/service/contacts/${input.contactId}`);
  return done;
}

async function noteAndShow(ctx: Ctx, input: z.output<typeof addNoteSchema>) {
  const done = await addNote(ctx, input);
  revalidatePath(`/service/contacts/${input.contactId}`);
  return done;
}

export const unsubscribeCustomer = formAction(unsubscribeByWishSchema, unsubscribeAndShow, ({ changed }) =>
  changed ? 'They are unsubscribed; it takes effect at once.' : 'They were unsubscribed already.',
);
export const noteOnCustomer = formAction(addNoteSchema, noteAndShow, () => 'The note is kept.');
export const linkPanel = action((ctx: Ctx, input: { contactId: string }) =>
  createEmbedLink(ctx, { ...input, minutes: 60 }),
);
