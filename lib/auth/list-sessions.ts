import { provenSession, type SessionStart } from '@/lib/auth/user-session';
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
  const sql = pool();
  return await sql<SessionItem[]>`
    select s.id, s.created_at as "createdAt", s.last_seen_at as "lastSeenAt", s.expires_at as "expiresAt", s.ip,
           s.user_agent as "userAgent", s.started_by as "startedBy"
    from user_sessions s join users u on u.id = s.user_id
    where s.user_id = ${userId} and s.revoked_at is null and s.expires_at > now()
      and s.last_seen_at > now() - interval '12 hours' and ${provenSession(sql)}
    order by s.last_seen_at desc, s.id desc limit 100`;
}
