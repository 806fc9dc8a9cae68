import { needsAttention } from '@/lib/features/health/needs-attention';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'What needs a person now: stalled and paused runs, providers held back, doubt, failures',
  permission: 'runs.read',
  handle: async ({ ctx }) => ({ items: await needsAttention(ctx) }),
});
