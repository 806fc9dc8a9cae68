import { z } from 'zod';
import { unarchiveTemplate } from '@/lib/features/templates/archive-template';
import { route } from '@/lib/http/route';

export const POST = route({
  summary: 'Unarchive a template',
  permission: 'campaigns.write',
  params: z.object({ templateId: z.string() }),
  status: 204,
  handle: ({ ctx, params }) => unarchiveTemplate(ctx, params.templateId),
});
