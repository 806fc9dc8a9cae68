import { z } from 'zod';
import { segmentPreviewAnswer } from '@/app/api/v1/answers/contacts';
import { segmentRuleSchema } from '@/lib/domain/segment';
import { previewSegment } from '@/lib/features/segments/preview-segment';
import { route } from '@/lib/http/route';

export const POST = route({
  summary: 'How many contacts match a rule that is being edited, and ten of them; nothing is saved',
  permission: 'contacts.read',
  body: z.object({ rule: segmentRuleSchema }),
  sample: {
    rule: { kind: 'group', match: 'all', rules: [{ kind: 'list', listId: 'lst_01jd5k3q8w4r2t9z', is: 'subscribed' }] },
  },
  answer: segmentPreviewAnswer,
  handle: ({ ctx, body }) => previewSegment(ctx, body),
});
