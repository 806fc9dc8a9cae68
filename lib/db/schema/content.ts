import { boolean, doublePrecision, index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { workspaces } from '@/lib/db/schema/auth';
import { at, bytea, createdAt, id, json } from '@/lib/db/schema/columns';

const workspaceId = () =>
  text()
    .notNull()
    .references(() => workspaces.id, { onDelete: 'cascade' });

export const templates = pgTable(
  'templates',
  {
    id: id(),
    workspaceId: workspaceId(),
    channel: text({ enum: ['email', 'sms'] }).notNull(),
    name: text().notNull(),
    /** Grammar in lib/domain/template. */
    content: json<unknown>().notNull(),
    revision: integer().notNull().default(1),
    createdBy: text().notNull(),
    createdAt: createdAt(),
    updatedAt: at().notNull().defaultNow(),
    archivedAt: at(),
  },
  (t) => [index('templates_workspace').on(t.workspaceId, t.updatedAt)],
);

export const templateVersions = pgTable(
  'template_versions',
  {
    workspaceId: workspaceId(),
    templateId: text()
      .notNull()
      .references(() => templates.id, { onDelete: 'cascade' }),
    revision: integer().notNull(),
    content: json<unknown>().notNull(),
    savedBy: text().notNull(),
    savedAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.templateId, t.revision] })],
);

export const assets = pgTable(
  'assets',
  {
    id: id(),
    workspaceId: workspaceId(),
    fileName: text().notNull(),
    mediaType: text().notNull(),
    width: integer(),
    height: integer(),
    data: bytea().notNull(),
    createdBy: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('assets_workspace').on(t.workspaceId, t.createdAt)],
);

export const providerAccounts = pgTable(
  'provider_accounts',
  {
    id: id(),
    workspaceId: workspaceId(),
    channel: text({ enum: ['email', 'sms'] }).notNull(),
    kind: text().notNull(),
    name: text().notNull(),
    /** Settings without secrets; grammar in lib/domain/provider. */
    config: json<Record<string, unknown>>().notNull(),
    /** Envelope-encrypted secrets (AES-256-GCM); never returned by any read. */
    secrets: json<Record<string, unknown>>(),
    maxPerSecond: doublePrecision(),
    sandbox: boolean().notNull().default(false),
    breakerState: text({ enum: ['closed', 'open', 'half_open'] })
      .notNull()
      .default('closed'),
    breakerReason: text(),
    breakerClass: text(),
    breakerOpenedAt: at(),
    breakerRetryAt: at(),
    breakerFailures: integer().notNull().default(0),
    verifiedAt: at(),
    createdAt: createdAt(),
    updatedAt: at().notNull().defaultNow(),
    archivedAt: at(),
  },
  (t) => [index('provider_accounts_workspace').on(t.workspaceId, t.createdAt)],
);

export const senders = pgTable(
  'senders',
  {
    id: id(),
    workspaceId: workspaceId(),
    channel: text({ enum: ['email', 'sms'] }).notNull(),
    name: text().notNull(),
    /** Email: display name and address. SMS: number or alphanumeric sender id in `address`. */
    fromName: text(),
    address: text().notNull(),
    replyTo: text(),
    bounceDomain: text(),
    providerAccountId: text()
      .notNull()
      .references(() => providerAccounts.id),
    createdAt: createdAt(),
    archivedAt: at(),
  },
  (t) => [uniqueIndex('senders_name').on(t.workspaceId, t.channel, t.name)],
);

export const outputTables = pgTable(
  'output_tables',
  {
    id: id(),
    workspaceId: workspaceId(),
    name: text().notNull(),
    slug: text().notNull(),
    columns: json<string[]>().notNull().default([]),
    createdAt: createdAt(),
    archivedAt: at(),
  },
  (t) => [uniqueIndex('output_tables_slug').on(t.workspaceId, t.slug)],
);

export const outputRows = pgTable(
  'output_rows',
  {
    workspaceId: workspaceId(),
    outputTableId: text()
      .notNull()
      .references(() => outputTables.id, { onDelete: 'cascade' }),
    runId: text().notNull(),
    step: integer().notNull(),
    contactId: text().notNull(),
    values: json<Record<string, unknown>>().notNull(),
    recordedAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.outputTableId, t.runId, t.step, t.contactId] })],
);

/** Where a record step may write outside Waybill: a PostgreSQL database of the customer, or a signed webhook. */
export const outputConnections = pgTable(
  'output_connections',
  {
    id: id(),
    workspaceId: workspaceId(),
    kind: text({ enum: ['postgres', 'webhook'] }).notNull(),
    name: text().notNull(),
    /** Address without secrets; grammar in lib/domain/output-connection. */
    config: json<Record<string, unknown>>().notNull(),
    /** Password or signing key, sealed; never returned by any read. */
    secret: json<Record<string, unknown>>(),
    verifiedAt: at(),
    /** While it takes nothing, the steps that write to it wait; everything else goes on. */
    holdUntil: at(),
    holdReason: text(),
    holdSince: at(),
    failures: integer().notNull().default(0),
    createdAt: createdAt(),
    updatedAt: at().notNull().defaultNow(),
    archivedAt: at(),
  },
  (t) => [index('output_connections_workspace').on(t.workspaceId, t.createdAt)],
);
