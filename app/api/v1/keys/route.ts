import { z } from 'zod';
import { pageOf } from '@/app/api/v1/answers/common';
import { apiKeyAnswer } from '@/app/api/v1/answers/integration';

import { apiKeyInputSchema } from '@/lib/domain/api-key';
import { createApiKey } from '@/lib/features/api-keys/create-api-key';
import { listApiKeys } from '@/lib/features/api-keys/list-api-keys';
import { pageQuery } from '@/lib/http/page-query';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'API keys, newest first; the keys themselves are not kept',
  permission: 'keys.manage',
  query: pageQuery,
  answer: pageOf(apiKeyAnswer),
  handle: ({ ctx, query }) => listApiKeys(ctx, query),
});

export const POST = route({
  summary: 'Make an API key; it is shown this once',
  permission: 'keys.manage',
  body: apiKeyInputSchema,
  example: { name: 'Data warehouse', scopes: ['reports.read', 'runs.read'] },
  answer: z.object({ id: z.string(), key: z.string(), prefix: z.string() }),
  status: 201,
  isSecret: true,
  handle: ({ ctx, body }) => createApiKey(ctx, body),
});
