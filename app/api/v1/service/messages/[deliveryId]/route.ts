import { z } from 'zod';
import { rebuiltMessageAnswer } from '@/app/api/v1/answers/service';
import { rebuildMessage } from '@/lib/features/service/rebuild-message';
import { route } from '@/lib/http/route';

export const GET = route({
  summary:
    'The exact message as it was sent, made again from what was frozen. Its HTML is as it was: show it sealed off',
  permission: 'service.lookup',
  params: z.object({ deliveryId: z.string() }),
  answer: rebuiltMessageAnswer,
  handle: ({ ctx, params }) => rebuildMessage(ctx, params),
});
