import { createHash } from 'node:crypto';
import { actorLabel, type Ctx } from '@/lib/context';
import type { Tx } from '@/lib/db/client';
import { together } from '@/lib/db/together';
import { FEED_NOUNS } from '@/lib/domain/webhook';
import { recordChange } from '@/lib/features/changes/record-change';
import { canonicalJson } from '@/lib/features/history/canonical-json';

export interface AuditEntry {
  /** Verb in past form with its noun first, such as `campaign.launched`. */
  action: string;
  subjectType: string;
  subjectId: string;
  data?: Record<string, unknown>;
}

/** The digest a row of the audit log carries: of its content and of the row before it. The database computes the same. */
export function auditHash(previous: string | null, content: string): string {
  return createHash('sha256')
    .update(previous ?? '')
    .update('\n')
    .update(content)
    .digest('hex');
}

/** Entries about many contacts at once have the workspace as their subject and belong in the feed too. */
const FEED_ACTIONS = ['contacts.upserted', 'suppressions.imported'];

function isForFeed({ subjectType, action }: AuditEntry): boolean {
  return FEED_NOUNS.includes(subjectType) || FEED_ACTIONS.includes(action);
}

interface AuditContent {
  at: Date;
  actor: unknown;
  action: string;
  subjectType: string;
  subjectId: string;
  data: unknown;
}

/** The text that is hashed; the same before it is written and after it is read back. */
export function auditContent(row: AuditContent): string {
  return canonicalJson([row.at.toISOString(), row.actor, row.action, row.subjectType, row.subjectId, row.data]);
}

/**
 * Appends to the workspace's audit log inside the caller's transaction, so that a change without its entry cannot be
 * committed. Rows are chained by hash, so writers of one workspace take turns, for which they wait at the very end. What
 * other systems are told of goes to the change feed as well.
 */
export async function recordAudit(tx: Tx, ctx: Ctx, entry: AuditEntry): Promise<void> {
  const { workspaceId } = ctx;
  const { action, subjectType, subjectId } = entry;
  const actor = canonicalJson(actorLabel(ctx));
  const data = canonicalJson(entry.data ?? {});
  const at = new Date();
  const content = auditContent({
    at,
    actor: JSON.parse(actor),
    action,
    subjectType,
    subjectId,
    data: JSON.parse(data),
  });
  tx.atEnd((sql) =>
    together([
      sql`select pg_advisory_xact_lock(hashtextextended(${`audit:${workspaceId}`}, 0))`,
      // a statement of its own, so that it sees what came before its turn
      sql`
        insert into audit_log (workspace_id, at, actor, action, subject_type, subject_id, data, previous_hash, hash)
        select ${workspaceId}, ${at}::timestamptz, ${actor}::text::jsonb, ${action}, ${subjectType}, ${subjectId},
               ${data}::text::jsonb, previous.hash,
               encode(sha256(convert_to(coalesce(previous.hash, '') || chr(10) || ${content}::text, 'UTF8')), 'hex')
        from (values (0)) one left join lateral (
          select hash from audit_log where workspace_id = ${workspaceId} order by id desc limit 1) previous on true`,
      isForFeed(entry) && recordChange({ sql }, { workspaceId, type: action, subjectId, data: JSON.parse(data) }),
    ]),
  );
}
