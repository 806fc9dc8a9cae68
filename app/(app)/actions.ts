'use server';

import { redirect } from 'next/navigation';
import { currentSignedIn } from '@/lib/auth/current';
import { closeSession, rememberWorkspace } from '@/lib/auth/open-session';
import { attempt } from '@/lib/http/action';

/** Ends this browser's session. */
export async function signOut(): Promise<void> {
  const result = await attempt(closeSession);
  if (result.ok) redirect('/sign-in');
}

/** Works in another of one's own workspaces from now on; any other id changes nothing. */
export async function switchWorkspace(workspaceId: string): Promise<void> {
  const result = await attempt(async () => {
    const signedIn = await currentSignedIn();
    const isOwn = signedIn?.memberships.some((membership) => membership.workspaceId === workspaceId);
    if (isOwn) await rememberWorkspace(workspaceId);
  });
  if (result.ok) redirect('/');
}
