import { z } from 'zod';
import { getTemplate } from '@/lib/features/templates/get-template';
import { updateTemplate, updateTemplateSchema } from '@/lib/features/templates/update-template';
import { route } from '@/lib/http/route';

const params = z.object({ templateId: z.string() });

export const GET = route({
  summary: 'A template with its content',
  permission: 'campaigns.read',
  params,
  handle: ({ ctx, params }) => getTemplate(ctx, params.templateId),
});

export const PATCH = route({
  summary: 'Save a new name or new content over the revision it was made on',
  permission: 'campaigns.write',
  params,
  body: updateTemplateSchema.omit({ id: true }),
  handle: ({ ctx, params, body }) => updateTemplate(ctx, { ...body, id: params.templateId }),
});
