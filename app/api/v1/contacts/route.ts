import { idAnswer, pageOf } from '@/app/api/v1/answers/common';
import { contactAnswer } from '@/app/api/v1/answers/contacts';
import { contactInputSchema } from '@/lib/domain/contact';
import { browseContacts, browseContactsSchema } from '@/lib/features/contacts/browse-contacts';
import { createContact } from '@/lib/features/contacts/create-contact';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'Contacts in pages, searched, filtered and sorted',
  permission: 'contacts.read',
  query: browseContactsSchema,
  answer: pageOf(contactAnswer),
  handle: ({ ctx, query }) => browseContacts(ctx, query),
});

export const POST = route({
  summary: 'Add a contact',
  permission: 'contacts.write',
  body: contactInputSchema,
  example: { externalId: 'C-20017', email: 'mei.lin@example.com', firstName: 'Mei Lin', emailConsent: 'granted' },
  answer: idAnswer,
  status: 201,
  handle: ({ ctx, body }) => createContact(ctx, body),
});
