import { z } from 'zod';
import { revisionAnswer } from '@/app/api/v1/answers/common';
import { restoreTemplate, restoreTemplateSchema } from '@/lib/features/templates/restore-template';
import { route } from '@/lib/http/route';

export const POST = route({
  summary: 'Make an earlier version the newest revision',
  permission: 'campaigns.write',
  params: z.object({ templateId: z.string() }),
  body: restoreTemplateSchema.omit({ id: true }),
  sample: { revision: 2, version: 1 },
  answer: revisionAnswer,
  handle: ({ ctx, params, body }) => restoreTemplate(ctx, { ...body, id: params.templateId }),
});
