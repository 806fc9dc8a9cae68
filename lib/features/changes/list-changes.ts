import { z } from 'zod';
import { type Ctx, may } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import type { Permission } from '@/lib/domain/role';
import { CHANGES_KEPT_DAYS } from '@/lib/domain/webhook';
import { AppError } from '@/lib/errors';
import { deliveryIdToPublic } from '@/lib/ids';

export const listChangesSchema = z.object({
  /** The position of the last change that was dealt with; 0 begins with the oldest that is kept. */
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

export interface Change {
  /** 1, 2, 3 … without a gap in each workspace, in the order of the feed. */
  position: number;
  type: string;
  subjectId: string;
  at: Date;
  data: Record<string, unknown>;
}

const NEEDS: Permission[] = ['contacts.read', 'campaigns.read', 'runs.read'];

/** A change as others see it; deliveries by their public id. */
export function publicChange<T extends { type: string; subjectId: string }>(change: T): T {
  if (!change.type.startsWith('delivery.')) return change;
  return { ...change, subjectId: deliveryIdToPublic(change.subjectId) };
}

/** Whoever waits ahead of the feed, as after a backup was restored, would miss everything until it has caught up. */
async function refuseAhead(sql: Tx['sql'], workspaceId: string, after: number): Promise<void> {
  const [row] = await sql<{ newest: string }[]>`
    select coalesce(max(position), 0)::text as newest from changes where workspace_id = ${workspaceId}`;
  const newest = Number(row?.newest ?? 0);
  if (after <= newest) return;
  const message = `There is no position ${after} yet: the newest is ${newest}. Go on with after=${newest}.`;
  throw new AppError('invalid', message, { issues: [{ path: 'after', message }] });
}

/**
 * What changed after a position, oldest first: whoever passes the last position back misses nothing and sees nothing
 * twice, however many write at once. `last` is where to go on. Needs the reading of contacts, campaigns and runs. Throws
 * `invalid` for a position that is still to come, and `gone` when changes after that position have been forgotten.
 */
export async function listChanges(
  ctx: Ctx,
  input: z.input<typeof listChangesSchema> = {},
): Promise<{ items: Change[]; last: number; hasMore: boolean }> {
  const missing = NEEDS.find((permission) => !may(ctx, permission));
  if (missing) throw new AppError('forbidden', `The feed tells of everything: it also needs “${missing}”.`);
  const { after, limit } = parseInput(listChangesSchema, input);
  const rows = await withTx(ctx, async ({ sql }) => {
    const found = await sql<(Omit<Change, 'position'> & { position: string })[]>`
      select position, type, subject_id as "subjectId", at, data from changes
      where workspace_id = ${ctx.workspaceId} and position > ${after} order by position limit ${limit + 1}`;
    if (found.length === 0 && after > 0) await refuseAhead(sql, ctx.workspaceId, after);
    return found;
  });
  // positions have no gaps, so what follows must be the very next one
  const next = Number(rows[0]?.position ?? after + 1);
  if (after > 0 && next > after + 1) {
    throw new AppError(
      'gone',
      `Changes ${after + 1} to ${next - 1} are older than ${CHANGES_KEPT_DAYS} days and no longer kept. Read anew what you follow, then go on with after=${next - 1}.`,
    );
  }
  const items = rows.slice(0, limit).map((row) => publicChange({ ...row, position: Number(row.position) }));
  return { items, last: items.at(-1)?.position ?? after, hasMore: rows.length > limit };
}
