'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import type { Ctx } from '@/lib/context';
import { PROVIDER_SECRETS, type ProviderConfigInput, type ProviderKind } from '@/lib/domain/provider';
import { archiveProviderAccount } from '@/lib/features/providers/archive-provider-account';
import { createProviderAccount } from '@/lib/features/providers/create-provider-account';
import { sendTestMessage } from '@/lib/features/providers/send-test-message';
import { updateProviderAccount } from '@/lib/features/providers/update-provider-account';
import { verifyProvider } from '@/lib/features/providers/verify-provider';
import { action } from '@/lib/http/action';
import { formAction } from '@/lib/http/form-action';
import { configOf } from './provider-fields';

const rate = z
  .string()
  .trim()
  .regex(/^\d*(?:[.,]\d+)?$/, 'Enter a number, or nothing.')
  .transform((text) => (text === '' ? null : Number(text.replace(',', '.'))));

const formSchema = z
  .object({
    kind: z.enum(Object.keys(PROVIDER_SECRETS) as [ProviderKind, ...ProviderKind[]]),
    id: z.string().optional(),
    name: z.string(),
    maxPerSecond: rate,
  })
  .catchall(z.string());

type ProviderForm = z.output<typeof formSchema>;

/** Only what was typed changes; a ticked “remove” takes a secret away. */
function secretsOf(form: ProviderForm): Record<string, string | null> {
  const secrets: Record<string, string | null> = {};
  for (const name of Object.keys(PROVIDER_SECRETS[form.kind])) {
    const typed = form[`secrets.${name}`];
    if (typeof typed === 'string' && typed !== '') secrets[name] = typed;
    else if (form[`removeSecret.${name}`] === 'on') secrets[name] = null;
  }
  return secrets;
}

function inputOf(form: ProviderForm) {
  const { kind, name, maxPerSecond } = form;
  const texts = form as Record<string, string | undefined>;
  const config = configOf(kind, texts) as ProviderConfigInput;
  return { name, config, secrets: secretsOf(form), maxPerSecond };
}

export const addProvider = formAction(formSchema, async (ctx: Ctx, form) => {
  const { id } = await createProviderAccount(ctx, inputOf(form));
  revalidatePath('/settings/providers', 'layout');
  redirect(`/settings/providers/${id}`);
});

export const saveProvider = formAction(
  formSchema,
  async (ctx: Ctx, form) => {
    await updateProviderAccount(ctx, { ...inputOf(form), id: form.id ?? '' });
    revalidatePath('/settings/providers', 'layout');
  },
  () => 'Saved. Connections opened from now on use it.',
);

export const verify = action(async (ctx: Ctx, id: string) => {
  const result = await verifyProvider(ctx, id);
  revalidatePath('/settings/providers', 'layout');
  return result;
});

export const archiveProvider = action(async (ctx: Ctx, id: string) => {
  await archiveProviderAccount(ctx, id);
  revalidatePath('/settings/providers', 'layout');
});

export const sendTest = action(sendTestMessage);
