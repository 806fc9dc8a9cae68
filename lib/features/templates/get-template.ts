import { authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import { parseContent, type TemplateContent } from '@/lib/features/templates/template-content';

interface TemplateFacts {
  id: string;
  name: string;
  revision: number;
  createdBy: string;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
}

export type StoredTemplate = TemplateFacts & { channel: 'email' | 'sms'; content: unknown };
export type Template = TemplateFacts & TemplateContent;

/** The stored row, inside the caller's transaction; throws `not_found`. */
export async function findTemplate({ sql }: Tx, workspaceId: string, id: string): Promise<StoredTemplate> {
  const [row] = await sql<StoredTemplate[]>`
    select id, channel, name, content, revision, created_by as "createdBy", created_at as "createdAt",
           updated_at as "updatedAt", archived_at as "archivedAt"
    from templates where workspace_id = ${workspaceId} and id = ${id}`;
  if (!row) throw new AppError('not_found', 'This template does not exist in this workspace.');
  return row;
}

export async function getTemplate(ctx: Ctx, id: string): Promise<Template> {
  authorise(ctx, 'campaigns.read');
  const row = await withTx(ctx, (tx) => findTemplate(tx, ctx.workspaceId, id));
  return { ...row, ...parseContent(row.channel, row.content) };
}

/** An earlier revision, as far as it is kept (the newest hundred). */
export async function getTemplateVersion(ctx: Ctx, id: string, revision: number): Promise<TemplateContent> {
  authorise(ctx, 'campaigns.read');
  return withTx(ctx, async (tx) => {
    const { channel } = await findTemplate(tx, ctx.workspaceId, id);
    const [row] = await tx.sql<{ content: unknown }[]>`
      select content from template_versions
      where workspace_id = ${ctx.workspaceId} and template_id = ${id} and revision = ${revision}`;
    if (!row) throw new AppError('not_found', 'This version is not kept any more.');
    return parseContent(channel, row.content);
  });
}
