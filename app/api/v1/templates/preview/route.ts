import { templatePreviewAnswer } from '@/app/api/v1/answers/templates';
import { previewTemplate, previewTemplateSchema } from '@/lib/features/templates/preview-template';
import { route } from '@/lib/http/route';

export const POST = route({
  summary: 'What one contact would read, of content that need not be saved',
  permission: 'campaigns.read',
  body: previewTemplateSchema,
  sample: { channel: 'sms', content: { text: 'Hi {{ first_name | fallback: "there" }}' } },
  answer: templatePreviewAnswer,
  handle: ({ ctx, body }) => previewTemplate(ctx, body),
});
