import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { decodeCursor, encodeCursor } from '@/lib/domain/cursor';
import { RESENT_WAVE } from '@/lib/domain/delivery';
import { parseInput } from '@/lib/domain/parse-input';
import type { RunStatus } from '@/lib/domain/run';
import { EMPTY_STRIP, type StripCounts, stripTotal } from '@/lib/domain/strip';

export const listCampaignsSchema = z.object({
  q: z.string().trim().max(120).optional(),
  status: z.enum(['draft', 'active', 'archived']).optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});

export interface CampaignRow {
  id: string;
  name: string;
  status: 'draft' | 'active' | 'archived';
  steps: string[];
  updatedAt: Date;
  runs: number;
  /** When it comes next, if it recurs. */
  nextAt: Date | null;
  /** The newest run; its counts are over all its steps, as the list of runs shows them. */
  lastRun: { id: string; status: RunStatus; audience: number | null; at: string; counts: StripCounts } | null;
}

type LastRun = NonNullable<CampaignRow['lastRun']>;
type Row = Omit<CampaignRow, 'lastRun'> & {
  lastRun: (Omit<LastRun, 'counts'> & { steps: number; totals: Partial<StripCounts> | null }) | null;
};

function lastRunOf(row: Row): CampaignRow['lastRun'] {
  if (!row.lastRun) return null;
  const { steps, totals, ...run } = row.lastRun;
  const counts = { ...EMPTY_STRIP };
  for (const key of Object.keys(counts) as (keyof StripCounts)[]) counts[key] = totals?.[key] ?? 0;
  counts.waiting = Math.max(0, (run.audience ?? 0) * Math.max(1, steps) - (stripTotal(counts) - counts.waiting));
  return { ...run, counts };
}

/** Campaigns, last saved first, with their newest run. Archived ones only when asked for. */
export async function listCampaigns(
  ctx: Ctx,
  input: z.input<typeof listCampaignsSchema> = {},
): Promise<{ items: CampaignRow[]; nextCursor: string | null }> {
  authorise(ctx, 'campaigns.read');
  const { q, status, cursor, limit } = parseInput(listCampaignsSchema, input);
  const after = cursor ? decodeCursor(z.tuple([z.iso.datetime(), z.string()]), cursor) : null;
  return withTx(ctx, async ({ sql }) => {
    const saved = sql`date_trunc('milliseconds', c.updated_at)`;
    const rows = await sql<Row[]>`
      select c.id, c.name, c.status, c.updated_at as "updatedAt",
        array(select s ->> 'kind' from jsonb_array_elements(c.draft -> 'flow') s) as steps,
        (select count(*)::int from runs r where r.workspace_id = c.workspace_id and r.campaign_id = c.id) as runs,
        (select n.next_at from recurrences n where n.workspace_id = c.workspace_id and n.campaign_id = c.id
          and n.status = 'active') as "nextAt",
        (select jsonb_build_object('id', r.id, 'status', r.status, 'audience', r.audience_count, 'at', r.created_at,
            'steps', (select count(*) from jsonb_array_elements(v.outline) with ordinality s(step, n)
              where s.step ->> 'kind' <> 'wait' and s.n > r.from_step),
            'totals', (select jsonb_object_agg(state, n) from (select state, sum(n)::int as n from run_counters k
              where k.workspace_id = r.workspace_id and k.run_id = r.id and k.wave <> ${RESENT_WAVE}
                and k.state not in ('queued', 'superseded') group by state) t))
         from runs r join campaign_versions v on v.id = r.version_id
         where r.workspace_id = c.workspace_id and r.campaign_id = c.id order by r.created_at desc limit 1) as "lastRun"
      from campaigns c where c.workspace_id = ${ctx.workspaceId}
        ${status ? sql`and c.status = ${status}` : sql`and c.status <> 'archived'`}
        ${q ? sql`and c.name ilike ${`%${q.replace(/[\\%_]/g, '\\$&')}%`}` : sql``}
        ${after ? sql`and (${saved}, c.id) < (${after[0]}::text::timestamptz, ${after[1]})` : sql``}
      order by ${saved} desc, c.id desc limit ${limit + 1}`;
    const items = rows.slice(0, limit).map((row) => ({ ...row, lastRun: lastRunOf(row) }));
    const last = items.at(-1);
    const nextCursor = rows.length > limit && last ? encodeCursor([last.updatedAt.toISOString(), last.id]) : null;
    return { items, nextCursor };
  });
}
