import { z } from 'zod';
import { actorLabel, authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { recordAudit } from '@/lib/features/history/record-audit';
import { startingContent, type TemplateContent, templateContentInput } from '@/lib/features/templates/template-content';
import { newId } from '@/lib/ids';

export const templateNameSchema = z.string().trim().min(1, { error: 'A name is missing.' }).max(120);

export const createTemplateSchema = z.object({
  channel: z.enum(['email', 'sms']),
  name: templateNameSchema,
  content: templateContentInput.optional(),
  starterId: z.string().optional(),
});

/** Stores a template with its first version, inside the caller's transaction. */
export async function insertTemplate(
  tx: Tx,
  ctx: Ctx,
  name: string,
  { channel, content }: TemplateContent,
): Promise<string> {
  const id = newId('template');
  const by = actorLabel(ctx).name;
  const json = JSON.stringify(content);
  await tx.sql`
    insert into templates (id, workspace_id, channel, name, content, created_by)
    values (${id}, ${ctx.workspaceId}, ${channel}, ${name}, ${json}::jsonb, ${by})`;
  await tx.sql`
    insert into template_versions (workspace_id, template_id, revision, content, saved_by)
    values (${ctx.workspaceId}, ${id}, 1, ${json}::jsonb, ${by})`;
  return id;
}

/** Black or white, whichever is read more easily on this colour (WCAG 2.2, relative luminance). */
function readableOn(colour: string): string {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? '#000000' : '#ffffff';
}

/** Blank templates and starters begin in the workspace's own colour and under its logo. */
async function inOwnBrand({ sql }: Tx, workspaceId: string, start: TemplateContent): Promise<TemplateContent> {
  if (start.channel !== 'email') return start;
  const [brand] = await sql<{ colour: string | null; logoUrl: string | null }[]>`
    select settings ->> 'brandColor' as colour, settings ->> 'logoUrl' as "logoUrl" from workspaces where id = ${workspaceId}`;
  const { colour, logoUrl } = brand ?? {};
  const theme = {
    ...start.content.theme,
    ...(colour && { primary: colour, onPrimary: readableOn(colour) }),
    ...(logoUrl && { header: 'logo' as const }),
  };
  return { ...start, content: { ...start.content, theme } };
}

/** Makes a template from given content, from a starter, or almost empty. What is stored can always be rendered. */
export async function createTemplate(
  ctx: Ctx,
  input: z.input<typeof createTemplateSchema>,
): Promise<{ id: string; revision: number }> {
  authorise(ctx, 'campaigns.write');
  const { channel, name, content, starterId } = parseInput(createTemplateSchema, input);
  const start = startingContent(channel, content, starterId);
  return withTx(ctx, async (tx) => {
    const ready = content === undefined ? await inOwnBrand(tx, ctx.workspaceId, start) : start;
    const id = await insertTemplate(tx, ctx, name, ready);
    await recordAudit(tx, ctx, {
      action: 'template.created',
      subjectType: 'template',
      subjectId: id,
      data: { name, channel, starterId },
    });
    return { id, revision: 1 };
  });
}
