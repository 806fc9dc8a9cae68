import { z } from 'zod';
import { actorLabel, authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';
import { templateNameSchema } from '@/lib/features/templates/create-template';
import { parseContent, type TemplateChannel, templateContentInput } from '@/lib/features/templates/template-content';

export const updateTemplateSchema = z.object({
  id: z.string(),
  /** The revision the change was made on. */
  revision: z.number().int().min(1),
  name: templateNameSchema.optional(),
  content: templateContentInput.optional(),
  /** Saved while somebody types: of one person's saves within five minutes the last one is kept as a version. */
  isAutosave: z.boolean().default(false),
});

interface Row {
  channel: TemplateChannel;
  revision: number;
  savedBy: string | null;
}

const KEPT_VERSIONS = 100;

/** Locks a template that still has the given revision; throws `not_found`, or `conflict` naming who saved meanwhile. */
export async function lockRevision({ sql }: Tx, ctx: Ctx, id: string, revision: number): Promise<Row> {
  const [row] = await sql<Row[]>`
    select t.channel, t.revision, v.saved_by as "savedBy"
    from templates t left join template_versions v
      on v.workspace_id = t.workspace_id and v.template_id = t.id and v.revision = t.revision
    where t.workspace_id = ${ctx.workspaceId} and t.id = ${id} and t.archived_at is null for update of t`;
  if (!row) throw new AppError('not_found', 'This template does not exist in this workspace, or it is archived.');
  if (row.revision !== revision) {
    throw new AppError(
      'conflict',
      `${row.savedBy ?? 'Somebody'} saved this template meanwhile. Your change was not saved; look at theirs first.`,
    );
  }
  return row;
}

/** Stores content as the next revision and keeps the newest hundred versions. */
export async function writeRevision(
  { sql }: Tx,
  ctx: Ctx,
  id: string,
  revision: number,
  content: unknown,
): Promise<void> {
  const json = JSON.stringify(content);
  await sql`
    update templates set content = ${json}::jsonb, revision = ${revision}, updated_at = now()
    where workspace_id = ${ctx.workspaceId} and id = ${id}`;
  await sql`
    insert into template_versions (workspace_id, template_id, revision, content, saved_by)
    values (${ctx.workspaceId}, ${id}, ${revision}, ${json}::jsonb, ${actorLabel(ctx).name})`;
  await sql`
    delete from template_versions
    where workspace_id = ${ctx.workspaceId} and template_id = ${id} and revision <= (
      select revision from template_versions where workspace_id = ${ctx.workspaceId} and template_id = ${id}
      order by revision desc offset ${KEPT_VERSIONS} limit 1)`;
}

/** Drops the version before `revision` if the same person saved it in the same five minutes; says whether it did. */
async function mergeIntoSpell({ sql }: Tx, ctx: Ctx, id: string, revision: number): Promise<boolean> {
  const merged = await sql`
    delete from template_versions
    where workspace_id = ${ctx.workspaceId} and template_id = ${id} and revision = ${revision - 1} and revision > 1
      and saved_by = ${actorLabel(ctx).name}
      and date_bin('5 minutes', saved_at, 'epoch') = date_bin('5 minutes', now(), 'epoch')`;
  return merged.count > 0;
}

/**
 * Saves a new name or new content as the next revision and keeps the version before it. Throws `conflict` when somebody
 * else saved since `revision`. Campaigns that were launched keep the content they were launched with. Autosaves of one
 * person within five minutes are one version and one line of the audit log.
 */
export async function updateTemplate(
  ctx: Ctx,
  input: z.input<typeof updateTemplateSchema>,
): Promise<{ revision: number }> {
  authorise(ctx, 'campaigns.write');
  const { id, revision, name, content, isAutosave } = parseInput(updateTemplateSchema, input);
  return withTx(ctx, async (tx) => {
    const { channel } = await lockRevision(tx, ctx, id, revision);
    if (name !== undefined) {
      await tx.sql`update templates set name = ${name}, updated_at = now()
                   where workspace_id = ${ctx.workspaceId} and id = ${id}`;
    }
    const next = content === undefined ? revision : revision + 1;
    if (content !== undefined) await writeRevision(tx, ctx, id, next, parseContent(channel, content).content);
    const isSameSpell = isAutosave && content !== undefined && (await mergeIntoSpell(tx, ctx, id, next));
    if (isSameSpell && name === undefined) return { revision: next };
    await recordAudit(tx, ctx, {
      action: 'template.saved',
      subjectType: 'template',
      subjectId: id,
      data: { revision: next, ...(name === undefined ? {} : { name }) },
    });
    return { revision: next };
  });
}
