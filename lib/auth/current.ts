import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { type AwaitedCode, awaitedCode } from '@/lib/auth/complete-sign-in';
import { isProofFresh } from '@/lib/auth/prove-identity';
import { safeReturnTo } from '@/lib/auth/return-to';
import { openSessionCookie, workspaceCookie } from '@/lib/auth/session-cookie';
import { type Membership, readSession, type SignedIn } from '@/lib/auth/user-session';
import { type Ctx, may } from '@/lib/context';
import type { Permission } from '@/lib/domain/role';

/** Header in which proxy.ts tells a page its own path and query, to come back to after signing in. */
export const PATH_HEADER = 'x-waybill-path';
export const REQUEST_ID_HEADER = 'x-request-id';

/** The member in the active workspace, as verbs take it. */
export function memberCtx(signedIn: SignedIn, { workspaceId, role }: Membership, requestId?: string): Ctx {
  const { id: userId, name } = signedIn.user;
  const isProofOld = !isProofFresh(signedIn);
  return {
    workspaceId,
    actor: { type: 'user', userId, name, role, ...(isProofOld && { isProofOld }) },
    ...(requestId && { requestId }),
  };
}

/** Whether the workspace asks for two-factor sign-in and this person has none yet. The demo's own link needs none. */
export function lacksSecondFactor({ user, startedBy }: SignedIn, { settings }: Membership): boolean {
  return settings.requireSecondFactor === true && !user.hasSecondFactor && startedBy !== 'demo';
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

/** Whose sign-in in this browser waits for a code, or null. */
export const currentAwaited = cache(async (): Promise<AwaitedCode | null> => {
  const jar = await cookies();
  const sessionId = await openSessionCookie((name) => jar.get(name)?.value);
  return sessionId ? await awaitedCode(sessionId) : null;
});

export interface Current {
  signedIn: SignedIn;
  membership: Membership;
  ctx: Ctx;
}

/** The person and their active workspace, which may ask more of them before it shows anything. */
const currentMembership = cache(async (): Promise<{ signedIn: SignedIn; membership: Membership } | null> => {
  const signedIn = await currentSignedIn();
  if (!signedIn) return null;
  const jar = await cookies();
  const membership = activeMembership(signedIn, jar.get(workspaceCookie().name)?.value);
  return membership && { signedIn, membership };
});

/**
 * The person, the active workspace and their `Ctx`, or null if signed out, without a workspace, or without the second
 * factor that the workspace asks for.
 */
export const currentMember = cache(async (): Promise<Current | null> => {
  const found = await currentMembership();
  if (!found || lacksSecondFactor(found.signedIn, found.membership)) return null;
  const { signedIn, membership } = found;
  const requestId = (await headers()).get(REQUEST_ID_HEADER) ?? undefined;
  return { signedIn, membership, ctx: memberCtx(signedIn, membership, requestId) };
});

async function comingBackTo(page: string): Promise<string> {
  const path = safeReturnTo((await headers()).get(PATH_HEADER));
  return path === '/' ? page : `${page}?to=${encodeURIComponent(path)}`;
}

async function signInFirst(): Promise<never> {
  const page = (await currentAwaited()) ? '/sign-in/code' : '/sign-in';
  redirect(await comingBackTo(page));
}

/** The signed-in person; sends anybody else to sign in and back. */
export async function requireSignedIn(): Promise<SignedIn> {
  return (await currentSignedIn()) ?? (await signInFirst());
}

/** The person with their active workspace; sends others to sign in, to set up what it asks for, or to make their first. */
export async function requireMember(): Promise<Current> {
  await requireSignedIn();
  const member = await currentMember();
  if (member) return member;
  redirect((await currentMembership()) ? await comingBackTo('/two-factor') : '/workspaces/new');
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
