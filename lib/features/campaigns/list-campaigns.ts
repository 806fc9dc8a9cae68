import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { decodeCursor, encodeCursor } from '@/lib/domain/cursor';
import { parseInput } from '@/lib/domain/parse-input';
import type { RunStatus } from '@/lib/domain/run';

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
  lastRun: { id: string; status: RunStatus; audience: number | null; at: string } | null;
}

/** Campaigns, last saved first, with their newest run. */
export async function listCampaigns(
  ctx: Ctx,
  input: z.input<typeof listCampaignsSchema> = {},
): Promise<{ items: CampaignRow[]; nextCursor: string | null }> {
  authorise(ctx, 'campaigns.read');
  const { q, status, cursor, limit } = parseInput(listCampaignsSchema, input);
  const after = cursor ? decodeCursor(z.tuple([z.string(), z.string()]), cursor) : null;
  return withTx(ctx, async ({ sql }) => {
    const rows = await sql<CampaignRow[]>`
      select c.id, c.name, c.status, c.updated_at as "updatedAt",
        array(select s ->> 'kind' from jsonb_array_elements(c.draft -> 'flow') s) as steps,
        (select count(*)::int from runs r where r.workspace_id = c.workspace_id and r.campaign_id = c.id) as runs,
        (select jsonb_build_object('id', r.id, 'status', r.status, 'audience', r.audience_count, 'at', r.created_at) from runs r
         where r.workspace_id = c.workspace_id and r.campaign_id = c.id order by r.created_at desc limit 1) as "lastRun"
      from campaigns c where c.workspace_id = ${ctx.workspaceId}
        ${status ? sql`and c.status = ${status}` : sql`and c.status <> 'archived'`}
        ${q ? sql`and c.name ilike ${`%${q.replace(/[\\%_]/g, '\\$&')}%`}` : sql``}
        ${after ? sql`and (c.updated_at, c.id) < (${after[0]}::timestamptz, ${after[1]})` : sql``}
      order by c.updated_at desc, c.id desc limit ${limit + 1}`;
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    const nextCursor = rows.length > limit && last ? encodeCursor([last.updatedAt.toISOString(), last.id]) : null;
    return { items: [...items], nextCursor };
  });
}
