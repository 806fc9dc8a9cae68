import { z } from 'zod';
import { refuseTestKey } from '@/lib/features/api-keys/require-sandbox';
import { archiveProviderAccount } from '@/lib/features/providers/archive-provider-account';
import { updateProviderAccount, updateProviderAccountSchema } from '@/lib/features/providers/update-provider-account';
import { route } from '@/lib/http/route';

const params = z.object({ providerId: z.string() });

export const PATCH = route({
  summary: 'Change a provider; only the secrets that are named are replaced, null removes one',
  permission: 'providers.manage',
  params,
  body: updateProviderAccountSchema.omit({ id: true }),
  sample: { maxPerSecond: 50 },
  status: 204,
  handle: ({ ctx, params, body }) => {
    refuseTestKey(ctx, 'A test key changes no providers, because they would lead elsewhere. Nothing was saved.');
    return updateProviderAccount(ctx, { ...body, id: params.providerId });
  },
});

export const DELETE = route({
  summary: 'Retire a provider and forget its secrets',
  permission: 'providers.manage',
  params,
  status: 204,
  handle: (call) => archiveProviderAccount(call.ctx, call.params.providerId),
});
