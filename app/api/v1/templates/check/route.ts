import { z } from 'zod';
import { templateFindingAnswer } from '@/app/api/v1/answers/templates';
import { checkTemplate, checkTemplateSchema } from '@/lib/features/templates/check-template';
import { route } from '@/lib/http/route';

export const POST = route({
  summary: 'What would go wrong for how many contacts',
  permission: 'campaigns.read',
  body: checkTemplateSchema,
  sample: { channel: 'sms', content: { text: 'Hi {{ first_name | fallback: "there" }}' } },
  answer: z.object({ findings: z.array(templateFindingAnswer) }),
  handle: async ({ ctx, body }) => ({ findings: await checkTemplate(ctx, body) }),
});
