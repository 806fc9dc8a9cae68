import { z } from 'zod';
import { allOf } from '@/app/api/v1/answers/common';
import { templateVersionAnswer } from '@/app/api/v1/answers/templates';
import { listTemplateVersions } from '@/lib/features/templates/list-templates';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'The kept versions of a template, newest first',
  permission: 'campaigns.read',
  params: z.object({ templateId: z.string() }),
  answer: allOf(templateVersionAnswer),
  handle: async ({ ctx, params }) => ({ items: await listTemplateVersions(ctx, params.templateId) }),
});
