import type { RequestOrigin } from '@/lib/auth/request-origin';
import { pool, withSystemTx } from '@/lib/db/client';
import type { WorkspaceSettings } from '@/lib/db/schema/auth';
import type { Role } from '@/lib/domain/role';
import { newId } from '@/lib/ids';

export const SESSION_LIFE_S = 14 * 24 * 60 * 60;
const IDLE = '12 hours';

export interface Membership {
  workspaceId: string;
  role: Role;
  name: string;
  slug: string;
  timeZone: string;
  settings: WorkspaceSettings;
  demo: boolean;
}

export interface SignedIn {
  sessionId: string;
  user: { id: string; name: string; email: string; hasPassword: boolean };
  /** Oldest first. */
  memberships: Membership[];
}

export type SessionStart = 'password' | 'link' | 'invitation' | 'demo' | 'setup';

interface StartSession extends RequestOrigin {
  userId: string;
  startedBy: SessionStart;
  /** The session the browser had until now; it ends, so that an identifier is never carried over a sign-in. */
  replaces?: string | undefined;
}

/** Begins a session of its own for one sign-in: 12 h when idle, 14 days at most. */
export async function startSession({ userId, startedBy, ip, userAgent, replaces }: StartSession): Promise<string> {
  const id = newId('session');
  await withSystemTx(async ({ sql }) => {
    if (replaces) await sql`update user_sessions set revoked_at = now() where id = ${replaces} and revoked_at is null`;
    await sql`
      insert into user_sessions (id, user_id, expires_at, ip, user_agent, started_by)
      values (${id}, ${userId}, now() + make_interval(secs => ${SESSION_LIFE_S}), ${ip}, ${userAgent}, ${startedBy})`;
  });
  return id;
}

interface SessionRow {
  userId: string;
  name: string;
  email: string;
  hasPassword: boolean;
  stale: boolean;
  memberships: Membership[];
}

/**
 * Who holds this session, or null once it is revoked, expired, idle for 12 hours, or its person is disabled. A use that
 * counts as activity keeps it from becoming idle; a screen that refreshes itself does not.
 */
export async function readSession(sessionId: string, isActivity: boolean): Promise<SignedIn | null> {
  const sql = pool();
  const [row] = await sql<SessionRow[]>`
    select u.id as "userId", u.name, u.email, u.password_hash is not null as "hasPassword",
           s.last_seen_at < now() - interval '1 minute' as stale,
           coalesce((
             select json_agg(json_build_object('workspaceId', w.id, 'role', m.role, 'name', w.name, 'slug', w.slug,
                      'timeZone', w.time_zone, 'settings', w.settings, 'demo', w.demo) order by m.created_at, w.id)
             from members m join workspaces w on w.id = m.workspace_id where m.user_id = u.id), '[]') as memberships
    from user_sessions s join users u on u.id = s.user_id
    where s.id = ${sessionId} and s.revoked_at is null and s.expires_at > now()
      and s.last_seen_at > now() - ${IDLE}::interval and u.disabled_at is null`;
  if (!row) return null;
  if (isActivity && row.stale) {
    await sql`update user_sessions set last_seen_at = now() where id = ${sessionId} and revoked_at is null`;
  }
  const { userId, name, email, hasPassword, memberships } = row;
  return { sessionId, user: { id: userId, name, email, hasPassword }, memberships };
}

/** Ends a session at once, everywhere. Ending it twice is the same as once. */
export async function endSession(sessionId: string): Promise<void> {
  await pool()`update user_sessions set revoked_at = now() where id = ${sessionId} and revoked_at is null`;
}
