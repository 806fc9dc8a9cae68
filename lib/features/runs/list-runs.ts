import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { decodeCursor, encodeCursor } from '@/lib/domain/cursor';
import { RESENT_WAVE } from '@/lib/domain/delivery';
import { parseInput } from '@/lib/domain/parse-input';
import { RUN_STATUSES, type RunStatus } from '@/lib/domain/run';
import type { StripCounts } from '@/lib/domain/strip';
import { emptyCounts } from '@/lib/features/runs/step-totals';

export const listRunsSchema = z.object({
  q: z.string().trim().max(120).optional(),
  status: z.array(z.enum(RUN_STATUSES)).optional(),
  campaignId: z.string().optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});

export interface RunRow {
  id: string;
  name: string;
  campaignId: string;
  status: RunStatus;
  statusReason: string | null;
  audience: number;
  createdAt: Date;
  scheduledAt: Date | null;
  completedAt: Date | null;
  /** Over all steps: every contact counts once per step. */
  counts: StripCounts;
}

type Row = Omit<RunRow, 'counts'> & { steps: number; totals: Partial<Record<keyof StripCounts, number>> | null };

/** Runs, newest first, with their totals over all steps. */
export async function listRuns(
  ctx: Ctx,
  input: z.input<typeof listRunsSchema> = {},
): Promise<{ items: RunRow[]; nextCursor: string | null }> {
  authorise(ctx, 'runs.read');
  const { q, status, campaignId, cursor, limit } = parseInput(listRunsSchema, input);
  const after = cursor ? decodeCursor(z.tuple([z.string(), z.string()]), cursor) : null;
  return withTx(ctx, async ({ sql }) => {
    const rows = await sql<Row[]>`
      select r.id, r.name, r.campaign_id as "campaignId", r.status, r.status_reason as "statusReason",
        coalesce(r.audience_count, 0) as audience, r.created_at as "createdAt", r.scheduled_at as "scheduledAt",
        r.completed_at as "completedAt",
        (select count(*)::int from jsonb_path_query(v.outline, '$[*] ? (@.kind != "wait")')) - r.from_step as steps,
        (select jsonb_object_agg(state, n) from (select state, sum(n)::int as n from run_counters k
          where k.workspace_id = r.workspace_id and k.run_id = r.id
            and k.wave <> ${RESENT_WAVE} group by state) t) as totals
      from runs r join campaign_versions v on v.id = r.version_id
      where r.workspace_id = ${ctx.workspaceId} and r.seed_of is null
        ${status && status.length > 0 ? sql`and r.status = any(${status}::text[])` : sql``}
        ${campaignId ? sql`and r.campaign_id = ${campaignId}` : sql``}
        ${q ? sql`and r.name ilike ${`%${q.replace(/[\\%_]/g, '\\$&')}%`}` : sql``}
        ${after ? sql`and (r.created_at, r.id) < (${after[0]}::timestamptz, ${after[1]})` : sql``}
      order by r.created_at desc, r.id desc limit ${limit + 1}`;
    const items = rows.slice(0, limit).map(({ steps, totals, ...run }) => {
      const counts = { ...emptyCounts(), ...totals };
      counts.waiting = 0;
      const settled = Object.values(counts).reduce((sum, n) => sum + n, 0);
      counts.waiting = Math.max(0, run.audience * Math.max(1, steps) - settled);
      return { ...run, counts };
    });
    const last = items.at(-1);
    const nextCursor = rows.length > limit && last ? encodeCursor([last.createdAt.toISOString(), last.id]) : null;
    return { items, nextCursor };
  });
}
