import type { Tx } from '@/lib/db/client';

export interface ChangeToRecord {
  workspaceId: string;
  /** Noun and verb in past form, such as `run.completed`. */
  type: string;
  subjectId: string;
  data: Record<string, unknown>;
}

/**
 * Writes a fact for other systems in the transaction that makes it true. It gets its place in the feed, and goes to
 * webhooks, once that transaction has committed.
 */
export async function recordChange({ sql }: Pick<Tx, 'sql'>, change: ChangeToRecord): Promise<void> {
  await sql`
    insert into changes (workspace_id, type, subject_id, data)
    values (${change.workspaceId}, ${change.type}, ${change.subjectId}, ${JSON.stringify(change.data)}::text::jsonb)`;
}
