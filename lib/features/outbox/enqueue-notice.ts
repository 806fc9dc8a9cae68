import type { Tx } from '@/lib/db/client';
import { newId } from '@/lib/ids';

export interface NoticeToEnqueue {
  workspaceId: string;
  /** Names the event and its reader; a second notice with the same key is not made. */
  dedupeKey: string;
  /** Such as `run.completed` or `wave.done`; decides how it reads. */
  topic: string;
  channel: 'email' | 'sms' | 'webhook' | 'in_app';
  /** An email address, a phone number, the id of a webhook endpoint, or the id of a user. */
  target: string;
  payload: Record<string, unknown>;
}

/**
 * Writes a notice into the outbox, in the transaction of the fact it tells, so that both exist or neither. Answers false
 * when this event has been told to this target before.
 */
export async function enqueueNotice({ sql }: Tx, notice: NoticeToEnqueue): Promise<boolean> {
  const made = await sql`
    insert into notices (id, workspace_id, dedupe_key, topic, channel, target, payload)
    values (${newId('notice')}, ${notice.workspaceId}, ${notice.dedupeKey}, ${notice.topic}, ${notice.channel},
            ${notice.target}, ${JSON.stringify(notice.payload)}::jsonb)
    on conflict (workspace_id, dedupe_key) do nothing`;
  return made.count === 1;
}
