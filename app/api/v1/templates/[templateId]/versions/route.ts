import { z } from 'zod';
import { listTemplateVersions } from '@/lib/features/templates/list-templates';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'The kept versions of a template, newest first',
  permission: 'campaigns.read',
  params: z.object({ templateId: z.string() }),
  handle: async ({ ctx, params }) => ({ items: await listTemplateVersions(ctx, params.templateId) }),
});
