import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { safeReturnTo } from '@/lib/auth/return-to';
import { openSessionCookie, workspaceCookie } from '@/lib/auth/session-cookie';
import { type Membership, readSession, type SignedIn } from '@/lib/auth/user-session';
import { type Ctx, may } from '@/lib/context';
import type { Permission } from '@/lib/domain/role';

/** Header in which proxy.ts tells a page its own path and query, to come back to after signing in. */
export const PATH_HEADER = 'x-waybill-path';
export const REQUEST_ID_HEADER = 'x-request-id';

/** The member in the active workspace, as verbs take it. */
export function memberCtx({ user }: SignedIn, { workspaceId, role }: Membership, requestId?: string): Ctx {
  return {
    workspaceId,
    actor: { type: 'user', userId: user.id, name: user.name, role },
    ...(requestId && { requestId }),
  };
}

/** The workspace last switched to, else the oldest membership; a cookie that names a foreign one is ignored. */
export function activeMembership({ memberships }: SignedIn, preferred: string | undefined): Membership | null {
  return memberships.find((membership) => membership.workspaceId === preferred) ?? memberships[0] ?? null;
}

/** Who is signed in, or null. One look-up per request, however often it is asked. */
export const currentSignedIn = cache(async (): Promise<SignedIn | null> => {
  const jar = await cookies();
  const sessionId = await openSessionCookie((name) => jar.get(name)?.value);
  return sessionId ? await readSession(sessionId, true) : null;
});

export interface Current {
  signedIn: SignedIn;
  membership: Membership;
  ctx: Ctx;
}

/** The person, the active workspace and their `Ctx`, or null if signed out or without a workspace. */
export const currentMember = cache(async (): Promise<Current | null> => {
  const signedIn = await currentSignedIn();
  if (!signedIn) return null;
  const jar = await cookies();
  const membership = activeMembership(signedIn, jar.get(workspaceCookie().name)?.value);
  if (!membership) return null;
  const requestId = (await headers()).get(REQUEST_ID_HEADER) ?? undefined;
  return { signedIn, membership, ctx: memberCtx(signedIn, membership, requestId) };
});

async function signInFirst(): Promise<never> {
  const path = safeReturnTo((await headers()).get(PATH_HEADER));
  redirect(path === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(path)}`);
}

/** The signed-in person; sends anybody else to sign in and back. */
export async function requireSignedIn(): Promise<SignedIn> {
  return (await currentSignedIn()) ?? (await signInFirst());
}

/** The person with their active workspace; sends others to sign in, or to make their first workspace. */
export async function requireMember(): Promise<Current> {
  await requireSignedIn();
  return (await currentMember()) ?? redirect('/workspaces/new');
}

/** The `Ctx` every verb takes, from the session alone; never from anything the request says about itself. */
export async function requireCtx(): Promise<Ctx> {
  return (await requireMember()).ctx;
}

/** Like `requireCtx`, for a page that a role may not see at all. Verbs check again by themselves. */
export async function requirePermission(permission: Permission): Promise<Ctx> {
  const ctx = await requireCtx();
  return may(ctx, permission) ? ctx : redirect(`/no-access?needs=${permission}`);
}
