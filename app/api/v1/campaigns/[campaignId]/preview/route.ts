import { z } from 'zod';
import { stepPreviewAnswer } from '@/app/api/v1/answers/preflight';
import { previewStep, previewStepSchema } from '@/lib/features/campaigns/preview-step';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'One step of the saved draft as one contact would read it; nothing is sent',
  permission: 'contacts.read',
  params: z.object({ campaignId: z.string() }),
  query: previewStepSchema.omit({ campaignId: true }),
  answer: stepPreviewAnswer,
  handle: ({ ctx, params, query }) => previewStep(ctx, { ...query, ...params }),
});
