import { memberCtx } from '@/lib/auth/current';
import type { SignedIn } from '@/lib/auth/user-session';
import type { Tx } from '@/lib/db/client';
import { recordAudit } from '@/lib/features/history/record-audit';

/** Notes what somebody changed about their own account in the audit log of every workspace they belong to. */
export async function auditPerson(
  tx: Tx,
  signedIn: SignedIn,
  action: string,
  data: Record<string, unknown> = {},
): Promise<void> {
  const entry = { action, subjectType: 'user', subjectId: signedIn.user.id, data };
  // in one order, so that two who share two workspaces never wait for each other's turn
  const memberships = signedIn.memberships.toSorted((a, b) => (a.workspaceId < b.workspaceId ? -1 : 1));
  for (const membership of memberships) await recordAudit(tx, memberCtx(signedIn, membership), entry);
}
