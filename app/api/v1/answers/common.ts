import { z } from 'zod';

export const time = z.iso.datetime();

export const maybeTime = time.nullable();

export const values = z.record(z.string(), z.unknown());

export const channel = z.enum(['email', 'sms']);

export const idAnswer = z.object({ id: z.string() });

export const revisionAnswer = z.object({ revision: z.number() });

export const madeAnswer = z.object({ id: z.string(), revision: z.number() });

export const changedAnswer = z.object({ changed: z.boolean().describe('False when it was so already') });

/** A page of something; ask for the next with `cursor`. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** Somebody with what tells people of one name apart. */
export const personAnswer = z.object({
  id: z.string(),
  externalId: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
});

/** A list that is short enough to come whole. */
export function allOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item) });
}
