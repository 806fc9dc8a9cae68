import { z } from 'zod';
import { madeAnswer, pageOf } from '@/app/api/v1/answers/common';
import { templateRowAnswer } from '@/app/api/v1/answers/templates';
import { createTemplate, createTemplateSchema } from '@/lib/features/templates/create-template';
import { listTemplates, listTemplatesSchema } from '@/lib/features/templates/list-templates';
import { route } from '@/lib/http/route';

const querySchema = listTemplatesSchema.extend({
  archived: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .default(false),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const GET = route({
  summary: 'Templates, the last changed first',
  permission: 'campaigns.read',
  query: querySchema,
  answer: pageOf(templateRowAnswer),
  handle: ({ ctx, query }) => listTemplates(ctx, query),
});

export const POST = route({
  summary: 'Make a template from content, from a starter, or almost empty',
  permission: 'campaigns.write',
  body: createTemplateSchema,
  answer: madeAnswer,
  example: { channel: 'sms', name: 'Parcel on its way', content: { text: 'Hi {{ first_name | fallback: "there" }}' } },
  status: 201,
  handle: ({ ctx, body }) => createTemplate(ctx, body),
});
