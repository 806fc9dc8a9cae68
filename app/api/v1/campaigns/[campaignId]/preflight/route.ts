import { z } from 'zod';
import { preflightAnswer } from '@/app/api/v1/answers/preflight';
import { preflight } from '@/lib/features/campaigns/preflight';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'Everything that can be known before a launch: findings, audience, links, cost, time, clashes',
  permission: 'campaigns.read',
  params: z.object({ campaignId: z.string() }),
  answer: preflightAnswer,
  handle: ({ ctx, params }) => preflight(ctx, params.campaignId),
});
