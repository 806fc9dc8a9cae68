import { z } from 'zod';
import { madeAnswer } from '@/app/api/v1/answers/common';
import { duplicateTemplate } from '@/lib/features/templates/duplicate-template';
import { route } from '@/lib/http/route';

export const POST = route({
  summary: 'Copy a template',
  permission: 'campaigns.write',
  params: z.object({ templateId: z.string() }),
  status: 201,
  answer: madeAnswer,
  handle: ({ ctx, params }) => duplicateTemplate(ctx, params.templateId),
});
