import { z } from 'zod';
import { changedAnswer } from '@/app/api/v1/answers/common';

import { recordConsent, recordConsentSchema } from '@/lib/features/contacts/record-consent';
import { route } from '@/lib/http/route';

export const POST = route({
  summary: 'Record what a person agreed to on one channel, with what proves it',
  permission: 'contacts.write',
  params: z.object({ contactId: z.string() }),
  body: recordConsentSchema.omit({ contactId: true }),
  sample: { channel: 'email', consent: 'granted', source: 'web form', evidence: { form: 'spring' } },
  answer: changedAnswer,
  handle: ({ ctx, params, body }) => recordConsent(ctx, { ...params, ...body }),
});
