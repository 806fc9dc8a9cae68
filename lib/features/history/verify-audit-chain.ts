import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { auditContent, auditHash } from '@/lib/features/history/record-audit';

export interface AuditChain {
  intact: boolean;
  entries: number;
  /** The first entry that was changed, or before which one was taken away. */
  brokenAt: string | null;
  /** Digest of the newest entry; whoever keeps it elsewhere can tell later that nothing was cut off the end. */
  head: string | null;
}

interface Row {
  id: string;
  at: Date;
  actor: unknown;
  action: string;
  subjectType: string;
  subjectId: string;
  data: unknown;
  previousHash: string | null;
  hash: string;
}

const PAGE = 2000;

/**
 * Computes every hash of the workspace's audit log again, from the oldest entry to the newest. A changed, added or
 * removed entry breaks the chain where it was. Needs `audit.read`.
 */
export async function verifyAuditChain(ctx: Ctx): Promise<AuditChain> {
  authorise(ctx, 'audit.read');
  return await withTx(ctx, async ({ sql }) => {
    let [head, after, entries]: [string | null, string, number] = [null, '0', 0];
    for (;;) {
      const rows: Row[] = await sql<Row[]>`
        select id, at, actor, action, subject_type as "subjectType", subject_id as "subjectId", data,
               previous_hash as "previousHash", hash
        from audit_log where workspace_id = ${ctx.workspaceId} and id > ${after}::bigint
        order by id limit ${PAGE}`;
      for (const row of rows) {
        if (row.previousHash !== head || row.hash !== auditHash(head, auditContent(row))) {
          return { intact: false, entries, brokenAt: row.id, head };
        }
        head = row.hash;
        after = row.id;
        entries += 1;
      }
      if (rows.length < PAGE) return { intact: true, entries, brokenAt: null, head };
    }
  });
}
