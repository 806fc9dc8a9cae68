import { browseContacts, browseContactsSchema } from '@/lib/features/contacts/browse-contacts';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'Contacts in pages, searched, filtered and sorted',
  permission: 'contacts.read',
  query: browseContactsSchema,
  handle: ({ ctx, query }) => browseContacts(ctx, query),
});
