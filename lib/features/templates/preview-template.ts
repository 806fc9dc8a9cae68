import { z } from 'zod';
import { previewEmail } from '@/emails/render';
import { authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { STANDARD_FIELDS } from '@/lib/domain/contact';
import { contactName } from '@/lib/domain/contact-name';
import { ContentError } from '@/lib/domain/content-error';
import { parseInput } from '@/lib/domain/parse-input';
import { compileSms, countSmsSegments, renderSms, type SmsSegments } from '@/lib/domain/sms-segments';
import { publicUrl } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { parseContent, type TemplateContent, templateContentInput } from '@/lib/features/templates/template-content';

export const previewTemplateSchema = z.object({
  channel: z.enum(['email', 'sms']),
  content: templateContentInput,
  /** A contact, `example` for a made-up person, or `empty` for somebody of whom nothing is known. */
  as: z.string().max(60).default('example'),
});

export interface EmailPreview {
  channel: 'email';
  subject: string;
  preheader: string;
  html: string;
  text: string;
}
export type SmsPreview = { channel: 'sms'; text: string } & SmsSegments;

export interface TemplatePreview {
  /** Whose values were used; null for `example` and `empty`. */
  contact: { id: string; name: string } | null;
  /** Why this contact would get no message. */
  problem: string | null;
  message: EmailPreview | SmsPreview | null;
}

const EXAMPLE: Readonly<Record<string, string>> = {
  first_name: 'Alex',
  last_name: 'Morgan',
  email: 'alex.morgan@example.com',
  phone: '+6591234567',
  external_id: 'C-10024',
  language: 'en',
};

type Values = Record<string, unknown>;
type ContactRow = Record<string, unknown> & { attributes: Values };

async function contactValues({ sql }: Tx, workspaceId: string, id: string): Promise<{ name: string; values: Values }> {
  const columns = Object.values(STANDARD_FIELDS);
  const [row] = await sql<ContactRow[]>`
    select ${sql(columns)}, attributes from contacts
    where workspace_id = ${workspaceId} and id = ${id} and erased_at is null`;
  if (!row) throw new AppError('not_found', 'This contact does not exist in this workspace, or was erased.');
  const standard = Object.entries(STANDARD_FIELDS).map(([field, column]) => [field, row[column]] as const);
  const values = Object.fromEntries(
    [...Object.entries(row.attributes), ...standard].filter(([, value]) => value !== null),
  );
  const text = (column: string) => (typeof row[column] === 'string' ? row[column] : null);
  const name = contactName({
    firstName: text('first_name'),
    lastName: text('last_name'),
    email: text('email'),
    phone: text('phone'),
    externalId: text('external_id'),
  });
  return { name, values };
}

interface Brand {
  name: string;
  logoUrl: string | null;
  postalAddress: string | null;
}

async function brandOf({ sql }: Tx, workspaceId: string): Promise<Brand> {
  const [brand] = await sql<Brand[]>`
    select name, settings ->> 'logoUrl' as "logoUrl", settings ->> 'postalAddress' as "postalAddress"
    from workspaces where id = ${workspaceId}`;
  return brand ?? { name: '', logoUrl: null, postalAddress: null };
}

async function render(template: TemplateContent, values: Values, brand: Brand): Promise<EmailPreview | SmsPreview> {
  const { name, logoUrl, postalAddress } = brand;
  if (template.channel === 'sms') {
    const reserved = { 'workspace.name': name, 'workspace.postal_address': postalAddress ?? '' };
    const { text } = renderSms(compileSms(template.content.text), values, reserved);
    return { channel: 'sms', text, ...countSmsSegments(text) };
  }
  const options = {
    baseUrl: publicUrl(),
    postalAddress: postalAddress ?? '',
    brand: { name, ...(logoUrl ? { logoUrl } : {}) },
  };
  const { subject, html, text } = await previewEmail(template.content, values, options);
  // the preheader takes the way of a subject, being a single line of plain text as well
  const { preheader } = template.content;
  const line = preheader.trim() === '' ? null : { ...template.content, subject: preheader, preheader: '', blocks: [] };
  const shown = line ? (await previewEmail(line, values, options)).subject : '';
  return { channel: 'email', subject, preheader: shown, html, text };
}

/**
 * What one person would read, of content that need not be saved: rendered like a real message, with nothing tracked. A
 * contact whose data breaks the content is an answer, not an error. Throws `invalid` with the place of every mistake.
 */
export async function previewTemplate(
  ctx: Ctx,
  input: z.input<typeof previewTemplateSchema>,
): Promise<TemplatePreview> {
  authorise(ctx, 'campaigns.read');
  const { channel, content, as } = parseInput(previewTemplateSchema, input);
  const template = parseContent(channel, content);
  const isContact = as !== 'example' && as !== 'empty';
  if (isContact) authorise(ctx, 'contacts.read');
  const { brand, person } = await withTx(ctx, async (tx) => ({
    brand: await brandOf(tx, ctx.workspaceId),
    person: isContact ? await contactValues(tx, ctx.workspaceId, as) : null,
  }));
  const contact = person ? { id: as, name: person.name } : null;
  const values = person?.values ?? (as === 'example' ? EXAMPLE : {});
  try {
    return { contact, problem: null, message: await render(template, values, brand) };
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    return { contact, problem: error.message, message: null };
  }
}
