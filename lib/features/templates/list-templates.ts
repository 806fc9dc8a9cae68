import { z } from 'zod';
import { STARTERS } from '@/emails/starters';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { decodeCursor, encodeCursor } from '@/lib/domain/cursor';
import { parseInput } from '@/lib/domain/parse-input';

export const listTemplatesSchema = z.object({
  channel: z.enum(['email', 'sms']).optional(),
  q: z.string().trim().max(200).default(''),
  archived: z.boolean().default(false),
  cursor: z.string().optional(),
  limit: z.number().int().min(1).max(200).default(50),
});

export interface TemplateRow {
  id: string;
  channel: 'email' | 'sms';
  name: string;
  /** The subject of an email, the beginning of a text message. */
  summary: string;
  revision: number;
  createdBy: string;
  updatedAt: Date;
  archivedAt: Date | null;
}

const placeSchema = z.tuple([z.iso.datetime(), z.string()]);

/** Templates, the last changed first; `q` looks into names and summaries. */
export async function listTemplates(
  ctx: Ctx,
  input: z.input<typeof listTemplatesSchema> = {},
): Promise<{ items: TemplateRow[]; nextCursor: string | null }> {
  authorise(ctx, 'campaigns.read');
  const { channel, q, archived, cursor, limit } = parseInput(listTemplatesSchema, input);
  const after = cursor ? decodeCursor(placeSchema, cursor) : null;
  const pattern = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
  return withTx(ctx, async ({ sql }) => {
    const rows = await sql<TemplateRow[]>`
      select id, channel, name, left(coalesce(content ->> 'subject', content ->> 'text', ''), 200) as summary, revision,
             created_by as "createdBy", date_trunc('milliseconds', updated_at) as "updatedAt", archived_at as "archivedAt"
      from templates
      where workspace_id = ${ctx.workspaceId} and (archived_at is not null) = ${archived}
        ${channel ? sql`and channel = ${channel}` : sql``}
        ${q === '' ? sql`` : sql`and (name ilike ${pattern} or content ->> 'subject' ilike ${pattern})`}
        ${after ? sql`and (date_trunc('milliseconds', updated_at), id) < (${after[0]}::text::timestamptz, ${after[1]})` : sql``}
      order by date_trunc('milliseconds', updated_at) desc, id desc limit ${limit + 1}`;
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    const hasMore = rows.length > limit && last !== undefined;
    return { items, nextCursor: hasMore ? encodeCursor([last.updatedAt.toISOString(), last.id]) : null };
  });
}

export interface TemplateVersionRow {
  revision: number;
  savedBy: string;
  savedAt: Date;
}

/** The kept versions of a template, newest first. */
export async function listTemplateVersions(ctx: Ctx, id: string): Promise<TemplateVersionRow[]> {
  authorise(ctx, 'campaigns.read');
  return withTx(ctx, async ({ sql }) => {
    return await sql<TemplateVersionRow[]>`
      select revision, saved_by as "savedBy", saved_at as "savedAt" from template_versions
      where workspace_id = ${ctx.workspaceId} and template_id = ${id} order by revision desc`;
  });
}

/** The gallery of templates to start from. */
export function listStarters(): { id: string; name: string; description: string; subject: string }[] {
  return STARTERS.map(({ id, name, description, email }) => ({ id, name, description, subject: email.subject }));
}
