import { z } from 'zod';
import { senderAnswer } from '@/app/api/v1/answers/campaigns';
import { idAnswer } from '@/app/api/v1/answers/common';

import { senderSchema } from '@/lib/domain/sender';
import { listSenders } from '@/lib/features/senders/list-senders';
import { createSender } from '@/lib/features/senders/save-sender';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'The senders campaigns may use',
  permission: 'campaigns.read',
  answer: z.object({ items: z.array(senderAnswer) }),
  handle: async ({ ctx }) => ({ items: await listSenders(ctx) }),
});

export const POST = route({
  summary: 'Add a sender to a provider',
  permission: 'providers.manage',
  body: senderSchema,
  sample: {
    channel: 'email',
    name: 'News',
    providerAccountId: 'pac_01jd5k3q8w4r2t9z',
    fromName: 'Merlion Mobile',
    address: 'news@example.com',
  },
  answer: idAnswer,
  status: 201,
  handle: ({ ctx, body }) => createSender(ctx, body),
});
