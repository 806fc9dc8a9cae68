import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { FIELD_LABELS, STANDARD_FIELDS } from '@/lib/domain/contact';
import { parseInput } from '@/lib/domain/parse-input';
import { analyseEmail, analyseSms, missingCompliance } from '@/lib/domain/template-analysis';
import { findTemplate } from '@/lib/features/templates/get-template';
import { mergeFieldsOf } from '@/lib/features/templates/list-merge-fields';
import { parseContent, type TemplateContent, templateContentInput } from '@/lib/features/templates/template-content';

export const checkTemplateSchema = z.union([
  z.object({ id: z.string() }),
  z.object({ channel: z.enum(['email', 'sms']), content: templateContentInput }),
]);

export interface TemplateFinding {
  code: 'unknown_tag' | 'no_fallback' | 'no_unsubscribe_link' | 'no_postal_address';
  /** A campaign with this template is not launched. */
  isCritical: boolean;
  field: string | null;
  /** Contacts of the workspace for whom it goes wrong. */
  contacts: number;
  message: string;
}

const NUMBER = new Intl.NumberFormat('en');

/** How many contacts have no value for each field, in one pass over the workspace's contacts. */
async function missingCounts(
  { sql }: Tx,
  workspaceId: string,
  fields: string[],
): Promise<{ total: number; missing: number[] }> {
  const isMissing = fields.map((field) => {
    const column = STANDARD_FIELDS[field];
    return column
      ? sql`count(*) filter (where coalesce(c.${sql(column)}::text, '') = '')`
      : sql`count(*) filter (where coalesce(c.attributes ->> ${field}::text, '') = '')`;
  });
  const [row] = await sql<{ total: string; missing: string[] }[]>`
    select count(*) as total, array[${isMissing.reduce((all, one) => sql`${all}${one}, `, sql``)} 0::bigint] as missing
    from contacts c where c.workspace_id = ${workspaceId} and c.erased_at is null`;
  return { total: Number(row?.total ?? 0), missing: (row?.missing ?? []).map(Number) };
}

function complianceFindings(template: TemplateContent, postalAddress: string, total: number): TemplateFinding[] {
  if (template.channel !== 'email') return [];
  return missingCompliance(template.content, { postalAddress }).map((gap) => {
    if (gap === 'unsubscribe_link') {
      const message =
        'There is no unsubscribe link that everybody sees. Add a footer block, or {{ unsubscribe_url }} outside conditions.';
      return { code: 'no_unsubscribe_link', isCritical: true, field: null, contacts: total, message };
    }
    const message = postalAddress.trim()
      ? 'The postal address is not shown to everybody. Add a footer block, or {{ workspace.postal_address }} outside conditions.'
      : 'The workspace has no postal address. Enter it in Settings.';
    return { code: 'no_postal_address', isCritical: true, field: null, contacts: total, message };
  });
}

/** What would go wrong for whom: unknown tags, fields without a fallback, a missing unsubscribe link or postal address. */
export async function checkTemplate(ctx: Ctx, input: z.input<typeof checkTemplateSchema>): Promise<TemplateFinding[]> {
  authorise(ctx, 'campaigns.read');
  const given = parseInput(checkTemplateSchema, input);
  return withTx(ctx, async (tx) => {
    const { sql } = tx;
    const stored = 'id' in given ? await findTemplate(tx, ctx.workspaceId, given.id) : given;
    const template = parseContent(stored.channel, stored.content);
    const known = (await mergeFieldsOf(tx, ctx.workspaceId)).map(({ key }) => key);
    const analysis =
      template.channel === 'email' ? analyseEmail(template.content, known) : analyseSms(template.content, known);
    const bare = analysis.withoutFallback.filter((field) => !analysis.unknown.includes(field));
    const [workspace] = await sql<{ postalAddress: string | null }[]>`
      select settings ->> 'postalAddress' as "postalAddress" from workspaces where id = ${ctx.workspaceId}`;
    const { total, missing } = await missingCounts(tx, ctx.workspaceId, bare);
    const findings: TemplateFinding[] = analysis.unknown.map((field) => ({
      code: 'unknown_tag',
      isCritical: analysis.withoutFallback.includes(field),
      field,
      contacts: total,
      message: `No contact has a field called “${field}”. Check its spelling, or import it.`,
    }));
    for (const [index, field] of bare.entries()) {
      const contacts = missing[index] ?? 0;
      if (contacts === 0) continue;
      const label = FIELD_LABELS[field] ?? field;
      const message = `${NUMBER.format(contacts)} of ${NUMBER.format(total)} contacts have no ${label.toLowerCase()} and would see a gap. Add a fallback.`;
      findings.push({ code: 'no_fallback', isCritical: false, field, contacts, message });
    }
    return [...findings, ...complianceFindings(template, workspace?.postalAddress ?? '', total)];
  });
}
