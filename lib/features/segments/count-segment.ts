import type { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import type { Tx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { segmentSourceSchema, withSegmentQuery } from '@/lib/features/segments/segment-query';

const REMEMBER_AFTER_MS = 50;
const REMEMBER_FOR_MS = 15_000;
const totals = new Map<string, { total: number; until: number }>();

/** Everybody in the workspace. Where counting them takes long, the number may be some seconds old. */
async function totalContacts({ sql }: Tx, workspaceId: string): Promise<number> {
  const known = totals.get(workspaceId);
  if (known && known.until > performance.now()) return known.total;
  const startedAt = performance.now();
  const [all] = await sql<{ n: string }[]>`
    select count(*) as n from contacts c where c.workspace_id = ${workspaceId} and c.erased_at is null`;
  const total = Number(all?.n ?? 0);
  const endedAt = performance.now();
  totals.delete(workspaceId);
  if (endedAt - startedAt > REMEMBER_AFTER_MS) totals.set(workspaceId, { total, until: endedAt + REMEMBER_FOR_MS });
  return total;
}

/** How many contacts match a saved segment or a rule that is being edited, counted now and exactly, out of how many. */
export async function countSegment(
  ctx: Ctx,
  input: z.input<typeof segmentSourceSchema>,
  now = new Date(),
): Promise<{ count: number; total: number }> {
  authorise(ctx, 'contacts.read');
  const source = parseInput(segmentSourceSchema, input);
  return withSegmentQuery(ctx, source, now, async ({ tx, everybody: { joins, where } }) => {
    const [found] = await tx.sql<{ n: string }[]>`select count(*) as n from contacts c ${joins} where ${where}`;
    const count = Number(found?.n ?? 0);
    return { count, total: Math.max(count, await totalContacts(tx, ctx.workspaceId)) };
  });
}
