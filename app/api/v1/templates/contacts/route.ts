import { allOf } from '@/app/api/v1/answers/common';
import { previewContactAnswer } from '@/app/api/v1/answers/templates';
import { findPreviewContacts, findPreviewContactsSchema } from '@/lib/features/templates/find-preview-contacts';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'A few contacts to preview a template as',
  permission: 'contacts.read',
  query: findPreviewContactsSchema,
  answer: allOf(previewContactAnswer),
  handle: async ({ ctx, query }) => ({ items: await findPreviewContacts(ctx, query) }),
});
