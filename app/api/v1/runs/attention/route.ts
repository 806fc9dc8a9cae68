import { allOf } from '@/app/api/v1/answers/common';
import { attentionAnswer } from '@/app/api/v1/answers/health';
import { needsAttention } from '@/lib/features/health/needs-attention';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'What needs a person now: stalled and paused runs, providers held back, doubt, failures',
  permission: 'runs.read',
  answer: allOf(attentionAnswer),
  handle: async ({ ctx }) => ({ items: await needsAttention(ctx) }),
});
