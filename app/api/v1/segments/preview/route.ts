import { z } from 'zod';
import { segmentRuleSchema } from '@/lib/domain/segment';
import { previewSegment } from '@/lib/features/segments/preview-segment';
import { route } from '@/lib/http/route';

export const POST = route({
  summary: 'How many contacts match a rule that is being edited, and ten of them; nothing is saved',
  permission: 'contacts.read',
  body: z.object({ rule: segmentRuleSchema }),
  handle: ({ ctx, body }) => previewSegment(ctx, body),
});
