import { z } from 'zod';
import { contactDetailAnswer } from '@/app/api/v1/answers/contacts';

import { contactInputSchema } from '@/lib/domain/contact';
import { eraseContact } from '@/lib/features/contacts/erase-contact';
import { getContact } from '@/lib/features/contacts/get-contact';
import { updateContact } from '@/lib/features/contacts/update-contact';
import { noteLookUps } from '@/lib/features/service/note-look-ups';
import { route } from '@/lib/http/route';

const params = z.object({ contactId: z.string() });

export const GET = route({
  summary: 'A contact with its subscriptions and what keeps it from being sent to',
  permission: null,
  params,
  answer: contactDetailAnswer,
  handle: async ({ ctx, params }) => {
    const contact = await getContact(ctx, { id: params.contactId });
    await noteLookUps(ctx, [contact.id]);
    return contact;
  },
});

export const PATCH = route({
  summary: 'Change the fields given; attributes are merged, null removes one',
  permission: 'contacts.write',
  params,
  body: contactInputSchema,
  sample: { firstName: 'Mei', phone: '+65 8123 4567' },
  status: 204,
  handle: ({ ctx, params, body }) => updateContact(ctx, { ...body, id: params.contactId }),
});

export const DELETE = route({
  summary: 'Erase a person: every personal value goes, counts stay, the address is never taken again',
  permission: 'contacts.erase',
  params,
  query: z.object({ why: z.string().trim().min(1).max(500).describe('Who asked and how, without personal data') }),
  answer: z.object({ contactId: z.string(), erasedAt: z.iso.datetime(), cleared: z.record(z.string(), z.number()) }),
  handle: ({ ctx, params, query }) => eraseContact(ctx, { ...params, ...query }),
});
