import type { SessionStart } from '@/lib/auth/user-session';
import { pool } from '@/lib/db/client';

export interface SessionItem {
  id: string;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  ip: string | null;
  userAgent: string | null;
  startedBy: SessionStart | null;
}

/** A person's sessions that still open something, the one last used first. */
export async function listSessions(userId: string): Promise<SessionItem[]> {
  return await pool()<SessionItem[]>`
    select id, created_at as "createdAt", last_seen_at as "lastSeenAt", expires_at as "expiresAt", ip,
           user_agent as "userAgent", started_by as "startedBy"
    from user_sessions
    where user_id = ${userId} and revoked_at is null and expires_at > now() and last_seen_at > now() - interval '12 hours'
    order by last_seen_at desc, id desc limit 100`;
}
