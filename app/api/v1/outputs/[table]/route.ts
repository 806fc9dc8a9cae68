import { z } from 'zod';
import { outputTableAnswer } from '@/app/api/v1/answers/integration';
import { archiveOutputTable } from '@/lib/features/outputs/archive-output-table';
import { countOutputRows } from '@/lib/features/outputs/count-output-rows';
import { getOutputTable } from '@/lib/features/outputs/get-output-table';
import { updateOutputTable, updateOutputTableSchema } from '@/lib/features/outputs/update-output-table';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'An output table with its number of rows',
  permission: 'campaigns.read',
  params: z.object({ table: z.string() }),
  answer: outputTableAnswer.extend({ rows: z.number() }),
  handle: async ({ ctx, params }) => {
    const table = await getOutputTable(ctx, params.table);
    const { rows } = await countOutputRows(ctx, table.id);
    return { ...table, rows };
  },
});

export const PATCH = route({
  summary: 'Rename an output table or order its columns; rows and its stable name stay',
  permission: 'campaigns.write',
  params: z.object({ table: z.string() }),
  body: updateOutputTableSchema.omit({ id: true }),
  sample: { name: 'Launch mailed' },
  status: 204,
  handle: async ({ ctx, params, body }) => {
    const { id } = await getOutputTable(ctx, params.table);
    await updateOutputTable(ctx, { ...body, id });
  },
});

export const DELETE = route({
  summary: 'Archive an output table; its rows stay readable',
  permission: 'campaigns.write',
  params: z.object({ table: z.string() }),
  status: 204,
  handle: async ({ ctx, params }) => archiveOutputTable(ctx, (await getOutputTable(ctx, params.table)).id),
});
