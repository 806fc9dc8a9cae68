import { z } from 'zod';
import { duplicateTemplate } from '@/lib/features/templates/duplicate-template';
import { route } from '@/lib/http/route';

export const POST = route({
  summary: 'Copy a template',
  permission: 'campaigns.write',
  params: z.object({ templateId: z.string() }),
  status: 201,
  handle: ({ ctx, params }) => duplicateTemplate(ctx, params.templateId),
});
