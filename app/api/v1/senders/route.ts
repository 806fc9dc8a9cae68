import { z } from 'zod';
import { senderAnswer } from '@/app/api/v1/answers';

import { listSenders } from '@/lib/features/senders/list-senders';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'The senders campaigns may use',
  permission: 'campaigns.read',
  answer: z.object({ items: z.array(senderAnswer) }),
  handle: async ({ ctx }) => ({ items: await listSenders(ctx) }),
});
