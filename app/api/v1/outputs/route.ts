import { outputTableSchema } from '@/lib/domain/output-table';
import { createOutputTable } from '@/lib/features/outputs/create-output-table';
import { listOutputTables } from '@/lib/features/outputs/list-output-tables';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'Output tables by name, archived ones last',
  permission: 'campaigns.read',
  handle: async ({ ctx }) => ({ items: await listOutputTables(ctx) }),
});

export const POST = route({
  summary: 'Make an output table',
  permission: 'campaigns.write',
  body: outputTableSchema,
  status: 201,
  handle: ({ ctx, body }) => createOutputTable(ctx, body),
});
