import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { decodeCursor, encodeCursor } from '@/lib/domain/cursor';
import { RESENT_WAVE } from '@/lib/domain/delivery';
import { parseInput } from '@/lib/domain/parse-input';
import { RUN_STATUSES, type RunStatus } from '@/lib/domain/run';
import type { StripCounts } from '@/lib/domain/strip';
import { emptyCounts } from '@/lib/features/runs/step-totals';

/** The states of the list: those stored, and two that people ask for. */
export const RUN_FILTERS = [...RUN_STATUSES, 'under_way', 'with_issues'] as const;
export const RUN_SORTS = ['started', 'name', 'audience', 'status'] as const;

export const browseRunsSchema = z.object({
  q: z.string().trim().max(120).optional(),
  filter: z.enum(RUN_FILTERS).optional(),
  campaignId: z.string().max(60).optional(),
  sort: z.enum(RUN_SORTS).default('started'),
  direction: z.enum(['asc', 'desc']).default('desc'),
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});

export interface RunListRow {
  id: string;
  name: string;
  campaignId: string;
  status: RunStatus;
  statusReason: string | null;
  /** Null until it is known. */
  audience: number | null;
  /** Steps with deliveries in this run; the counts sum to audience times steps. */
  steps: number;
  createdAt: Date;
  scheduledAt: Date | null;
  startedAt: Date | null;
  completedAt: Date | null;
  counts: StripCounts;
}

export interface RunPage {
  items: RunListRow[];
  nextCursor: string | null;
  /** Over everything the filter matches. */
  totals: { runs: number; audience: number };
}

type Row = Omit<RunListRow, 'counts'> & { totals: Partial<StripCounts> | null; place: string };
type Fragment = ReturnType<Tx['sql']>;

function whereOf(sql: Tx['sql'], ctx: Ctx, input: z.output<typeof browseRunsSchema>): Fragment {
  const { q, filter, campaignId } = input;
  const issues = sql`exists (select 1 from delivery_issues i where i.workspace_id = r.workspace_id and i.run_id = r.id
    and i.state in ('failed', 'in_doubt'))`;
  const byFilter = () => {
    if (filter === undefined) return sql``;
    if (filter === 'under_way') return sql`and r.status in ('queuing', 'sending', 'paused')`;
    if (filter === 'with_issues') return sql`and r.status in ('completed', 'sending', 'paused') and ${issues}`;
    return sql`and r.status = ${filter}`;
  };
  return sql`r.workspace_id = ${ctx.workspaceId} and r.seed_of is null ${byFilter()}
    ${campaignId ? sql`and r.campaign_id = ${campaignId}` : sql``}
    ${q ? sql`and (r.name ilike ${`%${q.replace(/[\\%_]/g, '\\$&')}%`} or r.id = ${q})` : sql``}`;
}

// every place is text, so that one cursor fits all orders; numbers are padded
function placeOf(sql: Tx['sql'], sort: (typeof RUN_SORTS)[number]): Fragment {
  if (sort === 'name') return sql`lower(r.name) collate "C"`;
  if (sort === 'audience') return sql`lpad(coalesce(r.audience_count, 0)::text, 12, '0')`;
  if (sort === 'status') return sql`r.status`;
  return sql`to_char(coalesce(r.started_at, r.scheduled_at, r.created_at) at time zone 'UTC', 'YYYYMMDDHH24MISSUS')`;
}

function rowOf({ totals, place: _, ...run }: Row): RunListRow {
  const counts = { ...emptyCounts() };
  let settled = 0;
  for (const [state, n] of Object.entries(totals ?? {})) {
    if (state === 'waiting' || !(state in counts)) continue;
    counts[state as keyof StripCounts] = n;
    settled += n;
  }
  counts.waiting = Math.max(0, (run.audience ?? 0) * run.steps - settled);
  return { ...run, counts };
}

/** Runs of the workspace in pages, searched, filtered and sorted by the database, with their numbers over all steps. */
export async function browseRuns(ctx: Ctx, input: z.input<typeof browseRunsSchema> = {}): Promise<RunPage> {
  authorise(ctx, 'runs.read');
  const parsed = parseInput(browseRunsSchema, input);
  const { sort, direction, cursor, limit } = parsed;
  const after = cursor ? decodeCursor(z.tuple([z.string(), z.string()]), cursor) : null;
  return withTx(ctx, async ({ sql }) => {
    const where = whereOf(sql, ctx, parsed);
    const place = placeOf(sql, sort);
    const order = direction === 'asc' ? sql`asc` : sql`desc`;
    const beyond = direction === 'asc' ? sql`>` : sql`<`;
    const rows = await sql<Row[]>`
      select p.*, (select jsonb_object_agg(state, n) from (select k.state, sum(k.n)::int as n from run_counters k
          where k.workspace_id = ${ctx.workspaceId} and k.run_id = p.id and k.wave <> ${RESENT_WAVE}
            and k.state not in ('queued', 'superseded') group by 1) t) as totals
      from (
        select r.id, r.name, r.campaign_id as "campaignId", r.status, r.status_reason as "statusReason",
          r.audience_count as audience, r.created_at as "createdAt", r.scheduled_at as "scheduledAt",
          r.started_at as "startedAt", r.completed_at as "completedAt", ${place} as place,
          (select count(*)::int from jsonb_array_elements(v.outline) with ordinality s(step, n)
            where s.step ->> 'kind' <> 'wait' and s.n > r.from_step) as steps
        from runs r join campaign_versions v on v.id = r.version_id
        where ${where} ${after ? sql`and (${place}, r.id) ${beyond} (${after[0]}, ${after[1]})` : sql``}
        order by place ${order}, r.id ${order} limit ${limit + 1}
      ) p order by p.place ${order}, p.id ${order}`;
    const [totals] = await sql<RunPage['totals'][]>`
      select count(*)::int as runs, coalesce(sum(r.audience_count), 0)::int as audience from runs r where ${where}`;
    const last = rows[limit - 1];
    return {
      items: rows.slice(0, limit).map(rowOf),
      nextCursor: rows.length > limit && last ? encodeCursor([last.place, last.id]) : null,
      totals: totals ?? { runs: 0, audience: 0 },
    };
  });
}
