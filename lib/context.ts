import { type Permission, type Role, roleMay } from '@/lib/domain/role';
import { AppError } from '@/lib/errors';

export type Actor =
  | {
      type: 'user';
      userId: string;
      name: string;
      role: Role;
      /** It is a while since they proved who they are; sensitive acts want that again. */
      isProofOld?: boolean;
    }
  | { type: 'api_key'; keyId: string; name: string; permissions: readonly Permission[]; live: boolean }
  | { type: 'system'; name: string };

/** Who asks, and for which workspace. Every verb takes one; it never comes from request data. */
export interface Ctx {
  workspaceId: string;
  actor: Actor;
  requestId?: string;
}

export function systemCtx(workspaceId: string, name: string): Ctx {
  return { workspaceId, actor: { type: 'system', name } };
}

export function may(ctx: Ctx, permission: Permission): boolean {
  const { actor } = ctx;
  if (actor.type === 'system') return true;
  if (actor.type === 'api_key') return actor.permissions.includes(permission);
  return roleMay(actor.role, permission);
}

/** Throws `forbidden` unless the actor holds the permission; first line of every verb. */
export function authorise(ctx: Ctx, permission: Permission): void {
  if (may(ctx, permission)) return;
  const who = ctx.actor.type === 'user' ? `Your role (${ctx.actor.role.replace('_', ' ')})` : 'This key';
  throw new AppError('forbidden', `${who} does not allow this: it needs “${permission}”. Nothing was changed.`);
}

/** Throws `unproven` for a person whose last proof of who they are is old (OWASP ASVS 5.0 7.5.1). */
export function authoriseRecent(ctx: Ctx): void {
  if (ctx.actor.type !== 'user' || !ctx.actor.isProofOld) return;
  throw new AppError(
    'unproven',
    'It is more than 30 minutes since you proved who you are. Reload this page, confirm it there, then do this again. Nothing was changed.',
  );
}

/** The actor as audit and history rows keep it. */
export function actorLabel(ctx: Ctx): { type: Actor['type']; id: string; name: string } {
  const { actor } = ctx;
  if (actor.type === 'user') return { type: 'user', id: actor.userId, name: actor.name };
  if (actor.type === 'api_key') return { type: 'api_key', id: actor.keyId, name: actor.name };
  return { type: 'system', id: actor.name, name: actor.name };
}
