import { z } from 'zod';
import { allOf } from '@/app/api/v1/answers/common';
import { outputConnectionAnswer } from '@/app/api/v1/answers/integration';
import { createOutputConnection, createOutputConnectionSchema } from '@/lib/features/outputs/create-output-connection';
import { listOutputConnections } from '@/lib/features/outputs/list-output-connections';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'Databases and webhooks that record steps may write to, without their secrets',
  permission: 'campaigns.read',
  answer: allOf(outputConnectionAnswer),
  handle: async ({ ctx }) => ({ items: await listOutputConnections(ctx) }),
});

export const POST = route({
  summary: 'Connect a database or a webhook for record steps; a signing key made for it is shown this once',
  permission: 'providers.manage',
  body: createOutputConnectionSchema,
  example: { name: 'Gift desk', config: { kind: 'webhook', url: 'https://crm.example.com/hooks/gifts' } },
  answer: z.object({ id: z.string(), signingKey: z.string().nullable() }),
  status: 201,
  isSecret: true,
  handle: ({ ctx, body }) => createOutputConnection(ctx, body),
});
