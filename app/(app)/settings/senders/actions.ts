'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import type { Ctx } from '@/lib/context';
import type { SenderInput } from '@/lib/domain/sender';
import { archiveSender } from '@/lib/features/senders/archive-sender';
import { createSender, updateSender } from '@/lib/features/senders/save-sender';
import { action } from '@/lib/http/action';
import { formAction } from '@/lib/http/form-action';

const emptyAsNull = z
  .string()
  .default('')
  .transform((text) => text.trim() || null);

const formSchema = z.object({
  id: z.string().optional(),
  /** `email pac_…`: the provider decides the channel. */
  provider: z.string(),
  name: z.string(),
  address: z.string(),
  fromName: emptyAsNull,
  replyTo: emptyAsNull,
  bounceDomain: emptyAsNull,
});

async function save(ctx: Ctx, form: z.output<typeof formSchema>) {
  const { id, provider, name, address, fromName, replyTo, bounceDomain } = form;
  const [channel, providerAccountId = ''] = provider.split(' ');
  const base = { name, address: address.trim(), providerAccountId };
  const input: SenderInput =
    channel === 'sms' ? { channel, ...base } : { channel: 'email', ...base, fromName, replyTo, bounceDomain };
  if (id) await updateSender(ctx, id, input);
  else await createSender(ctx, input);
  revalidatePath('/settings', 'layout');
}

export const saveSender = formAction(formSchema, save, () => 'Saved.');

export const archive = action(async (ctx: Ctx, id: string) => {
  await archiveSender(ctx, id);
  revalidatePath('/settings', 'layout');
});
