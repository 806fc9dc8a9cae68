import { cookies, headers } from 'next/headers';
import { type CompletedSignIn, completeSignIn } from '@/lib/auth/complete-sign-in';
import { requestOrigin } from '@/lib/auth/request-origin';
import { clearedSessionCookie, openSessionCookie, sealSessionCookie, workspaceCookie } from '@/lib/auth/session-cookie';
import { endSession, SESSION_LIFE_S, type SessionStart, startSession } from '@/lib/auth/user-session';

/** Remembers which workspace this browser works in; it grants nothing, membership is looked up on every use. */
export async function rememberWorkspace(workspaceId: string): Promise<void> {
  const { name, options } = workspaceCookie();
  (await cookies()).set({ name, value: workspaceId, ...options, maxAge: SESSION_LIFE_S });
}

interface OpenSession {
  userId: string;
  startedBy: SessionStart;
  workspaceId: string;
}

/** Signs a browser in from a server action or route handler that has made sure who it is. */
export async function openSession({ userId, startedBy, workspaceId }: OpenSession): Promise<void> {
  const jar = await cookies();
  const replaces = (await openSessionCookie((name) => jar.get(name)?.value)) ?? undefined;
  const origin = requestOrigin(await headers());
  const sessionId = await startSession({ userId, startedBy, replaces, ...origin });
  jar.set(await sealSessionCookie(userId, sessionId));
  await rememberWorkspace(workspaceId);
}

/** Takes the code that this browser's sign-in waits for, and opens its session. Throws as `completeSignIn` does. */
export async function openWithCode(code: string): Promise<CompletedSignIn> {
  const jar = await cookies();
  const waiting = (await openSessionCookie((name) => jar.get(name)?.value)) ?? '';
  const completed = await completeSignIn(waiting, code, requestOrigin(await headers()));
  jar.set(await sealSessionCookie(completed.userId, completed.sessionId));
  return completed;
}

/** Ends the session of this browser and takes its cookies away. */
export async function closeSession(): Promise<void> {
  const jar = await cookies();
  const sessionId = await openSessionCookie((name) => jar.get(name)?.value);
  if (sessionId) await endSession(sessionId);
  jar.set(clearedSessionCookie());
}
