import { z } from 'zod';
import { apiKeyAnswer } from '@/app/api/v1/answers/integration';

import { getApiKey } from '@/lib/features/api-keys/list-api-keys';
import { revokeApiKey } from '@/lib/features/api-keys/revoke-api-key';
import { route } from '@/lib/http/route';

const params = z.object({ keyId: z.string() });

export const GET = route({
  summary: 'An API key without its secret',
  permission: 'keys.manage',
  params,
  answer: apiKeyAnswer,
  handle: ({ ctx, params }) => getApiKey(ctx, params.keyId),
});

export const DELETE = route({
  summary: 'Revoke an API key; its next request is refused',
  permission: 'keys.manage',
  params,
  status: 204,
  handle: ({ ctx, params }) => revokeApiKey(ctx, params.keyId),
});
