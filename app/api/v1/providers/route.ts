import { allOf, idAnswer } from '@/app/api/v1/answers/common';
import { providerAnswer } from '@/app/api/v1/answers/integration';
import { refuseTestKey } from '@/lib/features/api-keys/require-sandbox';
import { createProviderAccount, createProviderAccountSchema } from '@/lib/features/providers/create-provider-account';
import { listProviderAccounts } from '@/lib/features/providers/list-provider-accounts';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'The providers that carry messages, without their secrets',
  permission: 'providers.manage',
  answer: allOf(providerAnswer),
  handle: async ({ ctx }) => ({ items: await listProviderAccounts(ctx) }),
});

export const POST = route({
  summary: 'Connect a provider; its secrets are sealed and never told again',
  permission: 'providers.manage',
  body: createProviderAccountSchema,
  sample: {
    name: 'Our relay',
    config: { kind: 'smtp', host: 'smtp.example.com', port: 587, user: 'waybill' },
    secrets: { password: 'what the relay wants' },
  },
  answer: idAnswer,
  status: 201,
  handle: ({ ctx, body }) => {
    refuseTestKey(ctx, 'A test key connects no providers, because they may be real ones. Nothing was saved.');
    return createProviderAccount(ctx, body);
  },
});
