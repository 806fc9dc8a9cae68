import { pageOf } from '@/app/api/v1/answers/common';
import { auditItemAnswer } from '@/app/api/v1/answers/integration';
import { listAudit, listAuditSchema } from '@/lib/features/history/list-audit';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'The audit log, newest first',
  permission: 'audit.read',
  query: listAuditSchema,
  answer: pageOf(auditItemAnswer),
  handle: ({ ctx, query }) => listAudit(ctx, query),
});
