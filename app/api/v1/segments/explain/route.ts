import { z } from 'zod';
import { explanationAnswer } from '@/app/api/v1/answers/contacts';
import { segmentRuleSchema } from '@/lib/domain/segment';
import { explainSegment } from '@/lib/features/segments/explain-segment';
import { route } from '@/lib/http/route';

export const POST = route({
  summary: 'Why a contact matches a rule or not, condition by condition',
  permission: null,
  body: z.object({ rule: segmentRuleSchema, contactId: z.string().max(60) }),
  sample: {
    contactId: 'con_01jd5k3q8w4r2t9z',
    rule: { kind: 'group', match: 'all', rules: [{ kind: 'list', listId: 'lst_01jd5k3q8w4r2t9z', is: 'subscribed' }] },
  },
  answer: explanationAnswer,
  handle: ({ ctx, body: { rule, contactId } }) => explainSegment(ctx, { source: { rule }, contactId }),
});
