import { z } from 'zod';
import { archiveTemplate } from '@/lib/features/templates/archive-template';
import { route } from '@/lib/http/route';

export const POST = route({
  summary: 'Archive a template',
  permission: 'campaigns.write',
  params: z.object({ templateId: z.string() }),
  status: 204,
  handle: ({ ctx, params }) => archiveTemplate(ctx, params.templateId),
});
