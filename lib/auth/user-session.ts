import type { RequestOrigin } from '@/lib/auth/request-origin';
import { pool, withSystemTx } from '@/lib/db/client';
import type { WorkspaceSettings } from '@/lib/db/schema/auth';
import type { Role } from '@/lib/domain/role';
import { env } from '@/lib/env';
import { newId } from '@/lib/ids';

export const SESSION_LIFE_S = 14 * 24 * 60 * 60;
const IDLE = '12 hours';
/** How long somebody has for their code after the first proof. */
export const CODE_MINUTES = 10;

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
  user: { id: string; name: string; email: string; hasPassword: boolean; hasSecondFactor: boolean };
  startedBy: SessionStart | null;
  /** When they last proved who they are. */
  provedAt: Date;
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

/**
 * Begins a session of its own for one sign-in: 12 h when idle, 14 days at most. While its person has a second factor it
 * opens nothing: it is what `completeSignIn` takes a code for, and ends after ten minutes.
 */
export async function startSession({ userId, startedBy, ip, userAgent, replaces }: StartSession): Promise<string> {
  const id = newId('session');
  await withSystemTx(async ({ sql }) => {
    if (replaces) await sql`update user_sessions set revoked_at = now() where id = ${replaces} and revoked_at is null`;
    await sql`
      insert into user_sessions (id, user_id, expires_at, ip, user_agent, started_by)
      select ${id}, id, now() + make_interval(secs => case
               when second_factor_at is null or ${startedBy}::text = 'demo' then ${SESSION_LIFE_S}::int else ${CODE_MINUTES * 60}::int end),
             ${ip}, ${userAgent}, ${startedBy}::text
      from users where id = ${userId}`;
  });
  return id;
}

/** What makes a session open something: its second factor is proven, or there is none. The demo's link needs none. */
export function provenSession(sql: ReturnType<typeof pool>) {
  const isDemo = env().WAYBILL_DEMO === '1';
  return sql`(u.second_factor_at is null or s.second_factor_at is not null or (s.started_by = 'demo' and ${isDemo}))`;
}

interface SessionRow {
  userId: string;
  name: string;
  email: string;
  hasPassword: boolean;
  hasSecondFactor: boolean;
  startedBy: SessionStart | null;
  provedAt: Date;
  stale: boolean;
  memberships: Membership[];
}

/**
 * Who holds this session, or null once it is revoked, expired, idle for 12 hours, or its person is disabled, and until
 * the second factor is proven where there is one. A use that counts as activity keeps it from becoming idle; a screen that
 * refreshes itself does not.
 */
export async function readSession(sessionId: string, isActivity: boolean): Promise<SignedIn | null> {
  const sql = pool();
  const [row] = await sql<SessionRow[]>`
    select u.id as "userId", u.name, u.email, u.password_hash is not null as "hasPassword",
           u.second_factor_at is not null as "hasSecondFactor", s.started_by as "startedBy", s.proved_at as "provedAt",
           s.last_seen_at < now() - interval '1 minute' as stale,
           coalesce((
             select json_agg(json_build_object('workspaceId', w.id, 'role', m.role, 'name', w.name, 'slug', w.slug,
                      'timeZone', w.time_zone, 'settings', w.settings, 'demo', w.demo) order by m.created_at, w.id)
             from members m join workspaces w on w.id = m.workspace_id where m.user_id = u.id), '[]') as memberships
    from user_sessions s join users u on u.id = s.user_id
    where s.id = ${sessionId} and s.revoked_at is null and s.expires_at > now()
      and s.last_seen_at > now() - ${IDLE}::interval and u.disabled_at is null and ${provenSession(sql)}`;
  if (!row) return null;
  if (isActivity && row.stale) {
    await sql`update user_sessions set last_seen_at = now() where id = ${sessionId} and revoked_at is null`;
  }
  const { userId, name, email, hasPassword, hasSecondFactor, startedBy, provedAt, memberships } = row;
  const user = { id: userId, name, email, hasPassword, hasSecondFactor };
  return { sessionId, user, startedBy, provedAt, memberships };
}

/** Ends a session at once, everywhere. Ending it twice is the same as once. */
export async function endSession(sessionId: string): Promise<void> {
  await pool()`update user_sessions set revoked_at = now() where id = ${sessionId} and revoked_at is null`;
}
