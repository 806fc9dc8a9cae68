import { audienceAnswer } from '@/app/api/v1/answers/campaigns';

import { countAudience, countAudienceSchema } from '@/lib/features/audience/count-audience';
import { route } from '@/lib/http/route';

export const POST = route({
  summary: 'Whom a draft would reach if it were launched now, and why others are left out',
  permission: 'campaigns.read',
  body: countAudienceSchema,
  example: { audience: { include: [{ kind: 'everyone' }] }, flow: [{ kind: 'email' }] },
  answer: audienceAnswer,
  handle: ({ ctx, body }) => countAudience(ctx, body),
});
