import type { Ctx } from '@/lib/context';
import { type Tx, withSystemTx } from '@/lib/db/client';
import { PERMISSIONS, type Role, roleMay } from '@/lib/domain/role';
import { type EmbedClaims, openEmbedToken } from '@/lib/features/service/embed-token';

export type OpenedEmbed =
  | { state: 'unknown' }
  /** Ours, and over: its time is up, or its maker may no longer look customers up. */
  | { state: 'ended'; frameAncestors: string[] }
  | { state: 'open'; ctx: Ctx; contactId: string; expiresAt: Date; timeZone: string; frameAncestors: string[] };

interface Workspace {
  timeZone: string;
  frameAncestors: string[] | null;
}

async function agentCtx({ sql }: Tx, { workspaceId, agent }: EmbedClaims): Promise<Ctx | null> {
  const [member] = await sql<{ name: string; role: Role }[]>`
    select u.name, m.role from members m join users u on u.id = m.user_id
    where m.workspace_id = ${workspaceId} and m.user_id = ${agent} and u.disabled_at is null`;
  if (member) {
    const { name, role } = member;
    return roleMay(role, 'service.lookup') ? { workspaceId, actor: { type: 'user', userId: agent, name, role } } : null;
  }
  const [key] = await sql<{ name: string; live: boolean; scopes: string[] }[]>`
    select name, live, scopes from api_keys
    where workspace_id = ${workspaceId} and id = ${agent} and revoked_at is null
      and (expires_at is null or expires_at > now())`;
  if (!key?.scopes.includes('service.lookup')) return null;
  const permissions = PERMISSIONS.filter((permission) => permission === 'service.lookup');
  return { workspaceId, actor: { type: 'api_key', keyId: agent, name: key.name, live: key.live, permissions } };
}

/** Who opens a panel, for whom, and which sites may frame it; reads the maker's rights anew each time. */
export async function openEmbedLink(token: string, now = new Date()): Promise<OpenedEmbed> {
  const claims = openEmbedToken(token);
  if (!claims) return { state: 'unknown' };
  return withSystemTx(async (tx) => {
    const [workspace] = await tx.sql<Workspace[]>`
      select time_zone as "timeZone", settings -> 'frameAncestors' as "frameAncestors" from workspaces
      where id = ${claims.workspaceId}`;
    if (!workspace) return { state: 'unknown' };
    const frameAncestors = workspace.frameAncestors ?? [];
    const ctx = claims.expiresAtMs > now.getTime() ? await agentCtx(tx, claims) : null;
    if (!ctx) return { state: 'ended', frameAncestors };
    const { contactId, expiresAtMs } = claims;
    const { timeZone } = workspace;
    return { state: 'open', ctx, contactId, expiresAt: new Date(expiresAtMs), timeZone, frameAncestors };
  });
}
