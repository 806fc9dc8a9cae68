import { z } from 'zod';
import { verifyProvider } from '@/lib/features/providers/verify-provider';
import { route } from '@/lib/http/route';

export const POST = route({
  summary: 'Prove address and credentials of a provider; nothing is sent',
  permission: 'providers.manage',
  params: z.object({ providerId: z.string() }),
  answer: z.object({ ok: z.boolean(), text: z.string() }),
  handle: ({ ctx, params }) => verifyProvider(ctx, params.providerId),
});
