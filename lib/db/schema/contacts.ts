import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, pgTable, primaryKey, smallint, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { workspaces } from '@/lib/db/schema/auth';
import { at, bytea, createdAt, id, json } from '@/lib/db/schema/columns';

const workspaceId = () =>
  text()
    .notNull()
    .references(() => workspaces.id, { onDelete: 'cascade' });
const CONSENT = ['granted', 'revoked', 'unknown'] as const;

export const contacts = pgTable(
  'contacts',
  {
    id: id(),
    workspaceId: workspaceId(),
    externalId: text(),
    email: text(),
    phone: text(),
    firstName: text(),
    lastName: text(),
    language: text(),
    timeZone: text(),
    /** Custom attributes: string, number, boolean, ISO date string, or array of strings, by attribute key. */
    attributes: json<Record<string, unknown>>().notNull().default({}),
    emailConsent: text({ enum: CONSENT }).notNull().default('unknown'),
    smsConsent: text({ enum: CONSENT }).notNull().default('unknown'),
    emailOptedOutAt: at(),
    smsOptedOutAt: at(),
    doNotMarket: boolean().notNull().default(false),
    trackingOff: boolean().notNull().default(false),
    hardBounces: smallint().notNull().default(0),
    softBounces: smallint().notNull().default(0),
    erasedAt: at(),
    importId: text(),
    createdAt: createdAt(),
    updatedAt: at().notNull().defaultNow(),
  },
  (t) => [
    // text_pattern_ops serves equality and prefix search whatever the collation of the database
    uniqueIndex('contacts_external')
      .on(t.workspaceId, t.externalId.op('text_pattern_ops'))
      .where(sql`external_id is not null`),
    index('contacts_email').on(t.workspaceId, t.email.op('text_pattern_ops')).where(sql`email is not null`),
    index('contacts_phone').on(t.workspaceId, t.phone.op('text_pattern_ops')).where(sql`phone is not null`),
    // read backwards, so that the last digits a caller gives find the number
    index('contacts_phone_tail').on(t.workspaceId, sql`reverse(phone) text_pattern_ops`).where(sql`phone is not null`),
    // everybody who was not erased, and who of them may be written to, is counted without a look at the table
    index('contacts_recent').on(
      t.workspaceId,
      t.id,
      t.erasedAt,
      t.emailConsent,
      t.smsConsent,
      t.emailOptedOutAt,
      t.smsOptedOutAt,
      t.doNotMarket,
    ),
    index('contacts_names').using(
      'gin',
      t.workspaceId,
      sql`to_tsvector('simple'::regconfig, coalesce(first_name, '') || ' ' || coalesce(last_name, ''))`,
    ),
    index('contacts_attributes').using('gin', t.workspaceId, sql`attributes jsonb_path_ops`),
  ],
);

export const attributeDefinitions = pgTable(
  'attribute_definitions',
  {
    workspaceId: workspaceId(),
    key: text().notNull(),
    label: text().notNull(),
    type: text({ enum: ['text', 'number', 'boolean', 'date', 'tags'] }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.key] })],
);

export const lists = pgTable(
  'lists',
  {
    id: id(),
    workspaceId: workspaceId(),
    name: text().notNull(),
    description: text(),
    createdAt: createdAt(),
    archivedAt: at(),
  },
  (t) => [uniqueIndex('lists_name').on(t.workspaceId, t.name)],
);

export const subscriptions = pgTable(
  'subscriptions',
  {
    workspaceId: workspaceId(),
    listId: text()
      .notNull()
      .references(() => lists.id, { onDelete: 'cascade' }),
    contactId: text()
      .notNull()
      .references(() => contacts.id, { onDelete: 'cascade' }),
    status: text({ enum: ['subscribed', 'unsubscribed', 'pending'] }).notNull(),
    source: text().notNull(),
    evidence: json<Record<string, unknown>>(),
    updatedAt: at().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.listId, t.contactId] }),
    index('subscriptions_contact').on(t.workspaceId, t.contactId),
    // the people of a list are counted by status without a look at the table
    index('subscriptions_status').on(t.workspaceId, t.listId, t.status),
  ],
);

export const segments = pgTable(
  'segments',
  {
    id: id(),
    workspaceId: workspaceId(),
    name: text().notNull(),
    description: text(),
    rule: json<unknown>().notNull(),
    createdAt: createdAt(),
    updatedAt: at().notNull().defaultNow(),
    revision: integer().notNull().default(1),
    archivedAt: at(),
  },
  (t) => [uniqueIndex('segments_name').on(t.workspaceId, t.name)],
);

export const suppressions = pgTable(
  'suppressions',
  {
    id: id(),
    workspaceId: workspaceId(),
    channel: text({ enum: ['email', 'sms'] }).notNull(),
    /** Normalised address; null once erased, when only the keyed hash remains. */
    address: text(),
    addressHash: text().notNull(),
    reason: text({ enum: ['bounce', 'complaint', 'manual', 'unsubscribed', 'erased'] }).notNull(),
    source: text().notNull(),
    note: text(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('suppressions_hash').on(t.workspaceId, t.channel, t.addressHash),
    index('suppressions_address').on(t.workspaceId, t.channel, t.address),
  ],
);

export const uploads = pgTable(
  'uploads',
  {
    id: id(),
    workspaceId: workspaceId(),
    fileName: text().notNull(),
    mediaType: text().notNull(),
    sizeBytes: bigint({ mode: 'number' }).notNull().default(0),
    sha256: text(),
    completedAt: at(),
    createdBy: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('uploads_workspace').on(t.workspaceId, t.createdAt)],
);

export const uploadChunks = pgTable(
  'upload_chunks',
  {
    workspaceId: workspaceId(),
    uploadId: text()
      .notNull()
      .references(() => uploads.id, { onDelete: 'cascade' }),
    n: integer().notNull(),
    data: bytea().notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.uploadId, t.n] })],
);

export interface ImportCounts {
  rows: number;
  new: number;
  updated: number;
  unchanged: number;
  rejected: number;
  /** Rows that were taken with a note, such as text that looks like a formula; part of new, updated and unchanged. */
  noted?: number;
}

export const imports = pgTable(
  'imports',
  {
    id: id(),
    workspaceId: workspaceId(),
    uploadId: text()
      .notNull()
      .references(() => uploads.id),
    fileName: text().notNull(),
    status: text({ enum: ['queued', 'running', 'completed', 'failed', 'undone', 'cancelled'] }).notNull(),
    statusReason: text(),
    dryRun: boolean().notNull().default(false),
    listId: text().references(() => lists.id),
    /** Column mapping and parse options; grammar in lib/domain/import. */
    options: json<unknown>().notNull(),
    /** Rows of the file that are settled; a restart goes on after them. */
    processedRows: bigint({ mode: 'number' }).notNull().default(0),
    processedBytes: bigint({ mode: 'number' }).notNull().default(0),
    counts: json<ImportCounts>().notNull().default({ rows: 0, new: 0, updated: 0, unchanged: 0, rejected: 0 }),
    createdBy: text().notNull(),
    createdAt: createdAt(),
    startedAt: at(),
    /** When rows were settled last; work that stands still longer than a chunk takes is woken again. */
    progressedAt: at(),
    endedAt: at(),
    undoUntil: at(),
  },
  (t) => [index('imports_workspace').on(t.workspaceId, t.createdAt)],
);

export const importRejections = pgTable(
  'import_rejections',
  {
    workspaceId: workspaceId(),
    importId: text()
      .notNull()
      .references(() => imports.id, { onDelete: 'cascade' }),
    rowNumber: bigint({ mode: 'number' }).notNull(),
    column: text(),
    code: text().notNull(),
    message: text().notNull(),
    raw: json<string[]>().notNull(),
    /** A note is about a row that was taken. */
    severity: text({ enum: ['rejected', 'note'] })
      .notNull()
      .default('rejected'),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.importId, t.rowNumber] })],
);

/**
 * What an import changed, so that it can be undone: the contact as it was before. A contact that an import created has
 * no row here; it carries the import's id.
 */
export const importChanges = pgTable(
  'import_changes',
  {
    workspaceId: workspaceId(),
    importId: text()
      .notNull()
      .references(() => imports.id, { onDelete: 'cascade' }),
    contactId: text().notNull(),
    before: json<Record<string, unknown>>(),
    /** The contact's updated_at after the import; a later one means that somebody else changed it since. */
    changedAt: at().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.importId, t.contactId] })],
);

/** The contacts a dry run would have written, so that later rows of its file meet earlier ones; gone when it ends. */
export const importPreviews = pgTable(
  'import_previews',
  {
    workspaceId: workspaceId(),
    importId: text()
      .notNull()
      .references(() => imports.id, { onDelete: 'cascade' }),
    contactId: text().notNull(),
    externalId: text(),
    email: text(),
    phone: text(),
    contact: json<Record<string, unknown>>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.importId, t.contactId] }),
    index('import_previews_external').on(t.workspaceId, t.importId, t.externalId),
    index('import_previews_email').on(t.workspaceId, t.importId, t.email),
    index('import_previews_phone').on(t.workspaceId, t.importId, t.phone),
  ],
);
