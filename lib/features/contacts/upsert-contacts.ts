import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { contactInputSchema } from '@/lib/domain/contact';
import { inputIssues } from '@/lib/domain/input-issues';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError, type FieldIssue } from '@/lib/errors';
import { type Contact, contactColumns } from '@/lib/features/contacts/contact-row';
import { type PreparedPatch, preparePatch } from '@/lib/features/contacts/prepare-patch';
import { recordAudit } from '@/lib/features/history/record-audit';
import { newId } from '@/lib/ids';

const { $schema: _, ...described } = z.toJSONSchema(contactInputSchema, { io: 'input' });
/** Described as a contact, and judged one by one: a row that cannot be taken does not keep the others out. */
const contactRowSchema = z.unknown().meta(described);

export const upsertContactsSchema = z.object({
  contacts: z.array(contactRowSchema).min(1).max(1000),
  /** What finds an existing contact. */
  matchBy: z.enum(['externalId', 'email', 'phone']).default('externalId'),
  /** Says what would happen and writes nothing. */
  dryRun: z.boolean().default(false),
});

export interface UpsertedContact {
  /** Place in the input, from 0. */
  index: number;
  result: 'created' | 'updated' | 'unchanged' | 'rejected';
  id: string | null;
  issues: FieldIssue[];
}

export interface ContactsUpserted {
  dryRun: boolean;
  counts: Record<UpsertedContact['result'], number>;
  items: UpsertedContact[];
}

type Row = { index: number; key: string; prepared: PreparedPatch };
const COLUMN = { externalId: 'external_id', email: 'email', phone: 'phone' } as const;

function rejected(index: number, path: string, message: string): UpsertedContact {
  return { index, result: 'rejected', id: null, issues: [{ path, message }] };
}

/** Rows that can be written, each with the value that finds its contact; the others say why not. */
async function prepareRows(tx: Tx, workspaceId: string, matchBy: keyof typeof COLUMN, given: unknown[]) {
  const rows: Row[] = [];
  const refused: UpsertedContact[] = [];
  const seen = new Set<string>();
  for (const [index, row] of given.entries()) {
    const patch = contactInputSchema.safeParse(row);
    if (!patch.success) {
      refused.push({ index, result: 'rejected', id: null, issues: inputIssues(patch.error) });
      continue;
    }
    try {
      const prepared = await preparePatch(tx, workspaceId, patch.data);
      const key = prepared.columns[COLUMN[matchBy]];
      if (typeof key !== 'string' || key === '')
        refused.push(rejected(index, matchBy, 'is needed to find the contact'));
      else if (seen.has(key)) refused.push(rejected(index, matchBy, 'stands twice in this request'));
      else {
        seen.add(key);
        rows.push({ index, key, prepared });
      }
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const issues = error.issues.length > 0 ? error.issues : [{ path: '', message: error.message }];
      refused.push({ index, result: 'rejected', id: null, issues });
    }
  }
  return { rows, refused };
}

const FIELD: Record<string, keyof Contact> = {
  external_id: 'externalId',
  email: 'email',
  phone: 'phone',
  first_name: 'firstName',
  last_name: 'lastName',
  language: 'language',
  time_zone: 'timeZone',
  email_consent: 'emailConsent',
  sms_consent: 'smsConsent',
  do_not_market: 'doNotMarket',
  tracking_off: 'trackingOff',
};

function isUnchanged(contact: Contact, { columns, attributes }: PreparedPatch): boolean {
  const sameColumns = Object.entries(columns).every(([column, value]) => contact[FIELD[column] ?? 'id'] === value);
  return (
    sameColumns &&
    Object.entries(attributes).every(
      ([key, value]) => JSON.stringify(contact.attributes[key] ?? null) === JSON.stringify(value),
    )
  );
}

async function takenNumber({ sql }: Tx, workspaceId: string, externalId: unknown, ownId: string): Promise<boolean> {
  if (typeof externalId !== 'string') return false;
  const [other] = await sql`
    select 1 from contacts where workspace_id = ${workspaceId} and external_id = ${externalId} and id <> ${ownId}`;
  return other !== undefined;
}

async function write(tx: Tx, workspaceId: string, id: string, known: Contact | undefined, row: PreparedPatch) {
  const { sql } = tx;
  const set = JSON.stringify(row.attributes);
  const removed = Object.keys(row.attributes).filter((key) => row.attributes[key] === null);
  if (!known) {
    const kept = Object.fromEntries(Object.entries(row.attributes).filter(([, value]) => value !== null));
    const made = await sql`
      insert into contacts ${sql({ id, workspace_id: workspaceId, ...row.columns })} on conflict do nothing`;
    if (made.count === 0)
      throw new AppError('conflict', 'Somebody else added one of these contacts just now. Send it again.');
    await sql`update contacts set attributes = ${JSON.stringify(kept)}::text::jsonb where workspace_id = ${workspaceId} and id = ${id}`;
    return;
  }
  await sql`
    update contacts set ${sql(row.columns)} where workspace_id = ${workspaceId} and id = ${id}`;
  await sql`
    update contacts set updated_at = now(), attributes = jsonb_strip_nulls(attributes || ${set}::text::jsonb) - ${removed}::text[]
    where workspace_id = ${workspaceId} and id = ${id}`;
}

/**
 * Creates or changes up to a thousand contacts in one transaction; fields left out stay, attributes are merged. A row
 * that cannot be taken is named and the others are written. With `dryRun` nothing is.
 */
export async function upsertContacts(ctx: Ctx, input: z.input<typeof upsertContactsSchema>): Promise<ContactsUpserted> {
  authorise(ctx, 'contacts.write');
  const { contacts, matchBy, dryRun } = parseInput(upsertContactsSchema, input);
  return withTx(ctx, async (tx) => {
    const { sql } = tx;
    const { rows, refused } = await prepareRows(tx, ctx.workspaceId, matchBy, contacts);
    const column = sql(`c.${COLUMN[matchBy]}`);
    const known = await sql<Contact[]>`
      select ${contactColumns(sql)} from contacts c where c.workspace_id = ${ctx.workspaceId} and c.erased_at is null
        and ${column} = any(${rows.map(({ key }) => key)}::text[]) order by c.id for update`;
    const items = [...refused];
    for (const { index, key, prepared } of rows) {
      const found = known.filter((contact) => contact[matchBy] === key);
      if (found.length > 1) {
        items.push(rejected(index, matchBy, 'names several contacts; match by externalId'));
        continue;
      }
      const [contact] = found;
      const id = contact?.id ?? newId('contact');
      if (matchBy !== 'externalId' && (await takenNumber(tx, ctx.workspaceId, prepared.columns.external_id, id))) {
        items.push(rejected(index, 'externalId', 'is another contact’s'));
        continue;
      }
      const result = !contact ? 'created' : isUnchanged(contact, prepared) ? 'unchanged' : 'updated';
      if (!dryRun && result !== 'unchanged') await write(tx, ctx.workspaceId, id, contact, prepared);
      items.push({ index, result, id: dryRun && !contact ? null : id, issues: [] });
    }
    const count = (result: UpsertedContact['result']) => items.filter((item) => item.result === result).length;
    const counts = {
      created: count('created'),
      updated: count('updated'),
      unchanged: count('unchanged'),
      rejected: count('rejected'),
    };
    if (!dryRun && counts.created + counts.updated > 0) {
      await recordAudit(tx, ctx, {
        action: 'contacts.upserted',
        subjectType: 'workspace',
        subjectId: ctx.workspaceId,
        data: { ...counts, matchBy },
      });
    }
    return { dryRun, counts, items: items.sort((a, b) => a.index - b.index) };
  });
}
