import { z } from 'zod';
import { senderSchema } from '@/lib/domain/sender';
import { archiveSender } from '@/lib/features/senders/archive-sender';
import { updateSender } from '@/lib/features/senders/save-sender';
import { route } from '@/lib/http/route';

const params = z.object({ senderId: z.string() });

export const PUT = route({
  summary: 'Change a sender; its channel stays',
  permission: 'providers.manage',
  params,
  body: senderSchema,
  sample: {
    channel: 'email',
    name: 'News',
    providerAccountId: 'pac_01jd5k3q8w4r2t9z',
    fromName: 'Merlion Mobile',
    address: 'news@example.com',
  },
  status: 204,
  handle: (call) => updateSender(call.ctx, call.params.senderId, call.body),
});

export const DELETE = route({
  summary: 'Archive a sender',
  permission: 'providers.manage',
  params,
  status: 204,
  handle: (call) => archiveSender(call.ctx, call.params.senderId),
});
