'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { contactInput } from '@/components/contacts/contact-form-values';
import type { Ctx } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { createContact } from '@/lib/features/contacts/create-contact';
import { eraseContact } from '@/lib/features/contacts/erase-contact';
import { listAttributes } from '@/lib/features/contacts/list-attributes';
import { optOutContact } from '@/lib/features/contacts/opt-out-contact';
import { recordConsent } from '@/lib/features/contacts/record-consent';
import { updateContact } from '@/lib/features/contacts/update-contact';
import { removeContacts } from '@/lib/features/lists/remove-contacts';
import { subscribeContacts } from '@/lib/features/lists/subscribe-contacts';
import { unsubscribeContacts } from '@/lib/features/lists/unsubscribe-contacts';
import { action } from '@/lib/http/action';

const fieldsSchema = z.record(z.string().max(200), z.string().max(5000));

/** A number that is none is reported at `address` by the verb; in the form it is the field of the phone. */
async function atItsField<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const issues = error.issues.map(({ path, message }) => ({
      path: path === 'address' ? 'phone' : path,
      message: /^[a-z]/.test(message) ? `This ${message}.` : message,
    }));
    throw new AppError(error.code, error.message, { issues, cause: error });
  }
}

export const save = action(z.object({ id: z.string(), fields: fieldsSchema }), async (ctx: Ctx, { id, fields }) => {
  await atItsField(updateContact(ctx, { id, ...contactInput(fields, await listAttributes(ctx)) }));
  revalidatePath(`/contacts/${id}`);
});

export const create = action(fieldsSchema, async (ctx: Ctx, fields) =>
  atItsField(createContact(ctx, contactInput(fields, await listAttributes(ctx)))),
);

function thenRefresh<I extends { contactId?: string; contactIds?: string[] }, T>(
  verb: (ctx: Ctx, input: I) => Promise<T>,
) {
  return action(async (ctx: Ctx, input: I) => {
    const result = await verb(ctx, input);
    revalidatePath(`/contacts/${input.contactId ?? input.contactIds?.[0]}`);
    return result;
  });
}

export const optOut = thenRefresh(optOutContact);
export const setConsent = thenRefresh(recordConsent);
export const addToList = thenRefresh(subscribeContacts);
export const unsubscribe = thenRefresh(unsubscribeContacts);
export const takeOffList = thenRefresh(removeContacts);
export const erase = thenRefresh(eraseContact);
