import type { Ctx } from '@/lib/context';
import type { Tx } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import { type SegmentQuery, type SegmentSource, withSegmentQuery } from '@/lib/features/segments/segment-query';

export interface FoundCount {
  count: number;
  /** False where counting all of them would have taken too long, and some thousand people stand for the rest. */
  isExact: boolean;
  /** Everybody in the workspace. */
  total: number;
}

/** What is left of half a second is for the estimate. */
export const WITHIN_MS = 350;
/** Below so many contacts in the whole table every rule is counted to its end. */
const LARGE = 200_000;
const SAMPLE = 5_000;
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

async function isLarge({ sql }: Tx): Promise<boolean> {
  const [contacts] = await sql<
    { n: number }[]
  >`select reltuples::float8 as n from pg_class where oid = 'contacts'::regclass`;
  return (contacts?.n ?? 0) >= LARGE;
}

async function countAll({ tx: { sql }, everybody: { joins, where } }: SegmentQuery): Promise<number> {
  const [found] = await sql<{ n: string }[]>`select count(*) as n from contacts c ${joins} where ${where}`;
  return Number(found?.n ?? 0);
}

/** Two figures are what some thousand people can tell: 437,219 is «about 440,000». */
function rounded(n: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, n))) - 1);
  return Math.round(n / unit) * unit;
}

/** How many of `total` match, judged by those on pages of the table that are drawn; the same pages while it stays as it is. */
async function estimate({ tx: { sql }, living, match }: SegmentQuery, total: number): Promise<number> {
  const percent = Math.min(100, (100 * SAMPLE) / Math.max(1, total));
  // with room for no set of people PostgreSQL looks contact by contact, which for these few is quick whatever the rule
  await sql`select set_config('work_mem', '64kB', true), set_config('hash_mem_multiplier', '1', true)`;
  const [drawn] = await sql<{ seen: number; matching: number }[]>`
    select count(*)::int as seen, count(*) filter (where ${match()})::int as matching
    from contacts c tablesample system (${percent}::float8) repeatable (1) where ${living}`;
  const { seen, matching } = drawn ?? { seen: 0, matching: 0 };
  return seen === 0 ? 0 : rounded((total * matching) / seen);
}

const isOutOfTime = (error: unknown) =>
  error instanceof AppError && error.code === 'limit' && error.cause !== undefined;

/**
 * The exact count if it takes at most `withinMs` (null: however long), which any rule does unless the workspace is large and
 * the rule is of several wide parts; else an estimate, marked as one. `large` is for tests.
 */
export async function countWithin(
  ctx: Ctx,
  source: SegmentSource,
  now: Date,
  withinMs: number | null,
  large?: boolean,
): Promise<FoundCount> {
  const exactly = withSegmentQuery(ctx, source, now, async (query) => {
    const { sql } = query.tx;
    const total = await totalContacts(query.tx, ctx.workspaceId);
    if (withinMs !== null && (large ?? (await isLarge(query.tx))))
      await sql`select set_config('statement_timeout', ${`${withinMs}ms`}, true)`;
    const count = await countAll(query);
    return { count, isExact: true, total: Math.max(count, total) };
  });
  return exactly.catch((error: unknown) => {
    if (withinMs === null || !isOutOfTime(error)) throw error;
    return withSegmentQuery(ctx, source, now, async (query) => {
      const total = await totalContacts(query.tx, ctx.workspaceId);
      return { count: await estimate(query, total), isExact: false, total };
    });
  });
}
