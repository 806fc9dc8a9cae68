import { actorLabel, type Ctx } from '@/lib/context';
import type { Tx } from '@/lib/db/client';
import { recordAudit } from '@/lib/features/history/record-audit';

/** Notes in the audit log that somebody looked a customer up: once in ten minutes for the same person and customer. */
export async function recordLookUp(tx: Tx, ctx: Ctx, contactId: string, via: 'desk' | 'embed' | 'api'): Promise<void> {
  const [known] = await tx.sql`
    select 1 from audit_log
    where workspace_id = ${ctx.workspaceId} and subject_type = 'contact' and subject_id = ${contactId}
      and action = 'service.looked_up' and actor ->> 'id' = ${actorLabel(ctx).id} and data ->> 'via' = ${via}
      and at > now() - interval '10 minutes'
    limit 1`;
  if (known) return;
  await recordAudit(tx, ctx, {
    action: 'service.looked_up',
    subjectType: 'contact',
    subjectId: contactId,
    data: { via },
  });
}
