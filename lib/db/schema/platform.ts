import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, pgTable, primaryKey, smallint, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { workspaces } from '@/lib/db/schema/auth';
import { at, createdAt, id, json, serial64 } from '@/lib/db/schema/columns';

const workspaceId = () =>
  text()
    .notNull()
    .references(() => workspaces.id, { onDelete: 'cascade' });

/** Append-only; each row carries the hash of the one before it in its workspace. */
export const auditLog = pgTable(
  'audit_log',
  {
    id: serial64().primaryKey(),
    workspaceId: workspaceId(),
    at: createdAt(),
    actor: json<{ type: string; id: string; name: string }>().notNull(),
    action: text().notNull(),
    subjectType: text().notNull(),
    subjectId: text().notNull(),
    data: json<Record<string, unknown>>().notNull().default({}),
    previousHash: text(),
    hash: text().notNull(),
  },
  (t) => [
    index('audit_log_recent').on(t.workspaceId, t.id),
    index('audit_log_action').on(t.workspaceId, t.action, t.id),
    index('audit_log_actor').on(t.workspaceId, sql`(actor ->> 'id')`, t.id),
    index('audit_log_subject').on(t.workspaceId, t.subjectType, t.subjectId, t.id),
  ],
);

/** What we tell our own people and systems, exactly once per event: written with the fact, delivered by a job. */
export const notices = pgTable(
  'notices',
  {
    id: id(),
    workspaceId: workspaceId(),
    dedupeKey: text().notNull(),
    topic: text().notNull(),
    channel: text({ enum: ['email', 'sms', 'webhook', 'in_app'] }).notNull(),
    target: text().notNull(),
    payload: json<Record<string, unknown>>().notNull(),
    state: text({ enum: ['queued', 'sending', 'sent', 'failed'] })
      .notNull()
      .default('queued'),
    attempts: smallint().notNull().default(0),
    notBefore: at().notNull().defaultNow(),
    leaseUntil: at(),
    error: text(),
    createdAt: createdAt(),
    sentAt: at(),
  },
  (t) => [
    uniqueIndex('notices_once').on(t.workspaceId, t.dedupeKey),
    index('notices_due').on(t.notBefore).where(sql`state in ('queued','sending')`),
    index('notices_recent').on(t.workspaceId, t.createdAt),
  ],
);

export const workers = pgTable('workers', {
  id: id(),
  startedAt: createdAt(),
  heartbeatAt: at().notNull().defaultNow(),
  stoppedAt: at(),
  pid: integer().notNull(),
  host: text().notNull(),
  rssBytes: bigint({ mode: 'number' }),
  settled: bigint({ mode: 'number' }).notNull().default(0),
});

/** Spent send slots per account and per run, in whole seconds of the database's clock. */
export const rateSlots = pgTable(
  'rate_slots',
  { key: text().notNull(), second: bigint({ mode: 'number' }).notNull(), n: integer().notNull() },
  (t) => [primaryKey({ columns: [t.key, t.second] }), index('rate_slots_second').on(t.second)],
);

export const apiKeys = pgTable(
  'api_keys',
  {
    id: id(),
    workspaceId: workspaceId(),
    name: text().notNull(),
    prefix: text().notNull(),
    secretSha256: text().notNull(),
    live: boolean().notNull(),
    scopes: json<string[]>().notNull(),
    createdBy: text().notNull(),
    createdAt: createdAt(),
    expiresAt: at(),
    lastUsedAt: at(),
    revokedAt: at(),
  },
  (t) => [
    uniqueIndex('api_keys_secret').on(t.secretSha256),
    index('api_keys_workspace').on(t.workspaceId, t.createdAt),
  ],
);

export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    workspaceId: workspaceId(),
    key: text().notNull(),
    fingerprint: text().notNull(),
    /** `committed`: something was written and the answer is not kept yet; if that stays, it was lost. */
    state: text({ enum: ['running', 'committed', 'done'] }).notNull(),
    status: integer(),
    headers: json<Record<string, string>>(),
    body: text(),
    createdAt: createdAt(),
    lockedUntil: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.key] })],
);

export const webhookEndpoints = pgTable(
  'webhook_endpoints',
  {
    id: id(),
    workspaceId: workspaceId(),
    url: text().notNull(),
    eventTypes: json<string[]>().notNull(),
    secret: json<Record<string, unknown>>().notNull(),
    description: text(),
    enabled: boolean().notNull().default(true),
    disabledReason: text(),
    failingSince: at(),
    createdAt: createdAt(),
  },
  (t) => [index('webhook_endpoints_workspace').on(t.workspaceId, t.createdAt)],
);

export const webhookMessages = pgTable(
  'webhook_messages',
  {
    id: id(),
    workspaceId: workspaceId(),
    endpointId: text()
      .notNull()
      .references(() => webhookEndpoints.id, { onDelete: 'cascade' }),
    type: text().notNull(),
    payload: json<Record<string, unknown>>().notNull(),
    state: text({ enum: ['queued', 'sent', 'failed'] })
      .notNull()
      .default('queued'),
    attempts: smallint().notNull().default(0),
    notBefore: at().notNull().defaultNow(),
    leaseUntil: at(),
    lastStatus: integer(),
    lastError: text(),
    createdAt: createdAt(),
    sentAt: at(),
  },
  (t) => [
    index('webhook_messages_due').on(t.endpointId, t.notBefore).where(sql`state = 'queued'`),
    index('webhook_messages_endpoint').on(t.workspaceId, t.endpointId, t.createdAt),
  ],
);

/** Ordered, gapless feed of changes; `position` is given by one writer after commit, so a reader never skips one. */
export const changes = pgTable(
  'changes',
  {
    id: serial64().primaryKey(),
    workspaceId: workspaceId(),
    position: bigint({ mode: 'number' }),
    type: text().notNull(),
    subjectId: text().notNull(),
    data: json<Record<string, unknown>>().notNull(),
    at: createdAt(),
  },
  (t) => [
    uniqueIndex('changes_position').on(t.workspaceId, t.position),
    index('changes_unplaced').on(t.id).where(sql`position is null`),
  ],
);

/** Opens and clicks as they came, with what is needed to tell people from machines when they are counted. */
export const trackingHits = pgTable(
  'tracking_hits',
  {
    id: serial64().primaryKey(),
    workspaceId: text().notNull(),
    deliveryId: bigint({ mode: 'bigint' }).notNull(),
    kind: text({ enum: ['open', 'click'] }).notNull(),
    link: smallint(),
    at: createdAt(),
    ip: text(),
    userAgent: text(),
  },
  (t) => [index('tracking_hits_delivery').on(t.workspaceId, t.deliveryId, t.id)],
);
