import { z } from 'zod';
import { outputTableAnswer } from '@/app/api/v1/answers/integration';
import { outputTableSchema } from '@/lib/domain/output-table';
import { createOutputTable } from '@/lib/features/outputs/create-output-table';
import { listOutputTables } from '@/lib/features/outputs/list-output-tables';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'Output tables by name, archived ones last',
  permission: 'campaigns.read',
  answer: z.object({ items: z.array(outputTableAnswer) }),
  handle: async ({ ctx }) => ({ items: await listOutputTables(ctx) }),
});

export const POST = route({
  summary: 'Make an output table',
  permission: 'campaigns.write',
  body: outputTableSchema,
  answer: z.object({ id: z.string(), slug: z.string() }),
  example: { name: 'Gifts handed out', columns: ['external_id'] },
  status: 201,
  handle: ({ ctx, body }) => createOutputTable(ctx, body),
});
