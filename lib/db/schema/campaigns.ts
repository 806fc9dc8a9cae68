import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { workspaces } from '@/lib/db/schema/auth';
import { at, createdAt, id, json } from '@/lib/db/schema/columns';

const workspaceId = () =>
  text()
    .notNull()
    .references(() => workspaces.id, { onDelete: 'cascade' });

export const campaigns = pgTable(
  'campaigns',
  {
    id: id(),
    workspaceId: workspaceId(),
    name: text().notNull(),
    status: text({ enum: ['draft', 'active', 'archived'] })
      .notNull()
      .default('draft'),
    /** The editable definition; grammar in lib/domain/campaign. */
    draft: json<unknown>().notNull(),
    revision: integer().notNull().default(1),
    createdBy: text().notNull(),
    createdAt: createdAt(),
    updatedAt: at().notNull().defaultNow(),
    approvalRequestedBy: text(),
    approvalRequestedAt: at(),
    approvedBy: text(),
    approvedAt: at(),
    approvedRevision: integer(),
    archivedAt: at(),
  },
  (t) => [index('campaigns_workspace').on(t.workspaceId, t.updatedAt)],
);

export const campaignVersions = pgTable(
  'campaign_versions',
  {
    id: id(),
    workspaceId: workspaceId(),
    campaignId: text()
      .notNull()
      .references(() => campaigns.id),
    number: integer().notNull(),
    /** Frozen definition with compiled content; never updated. */
    frozen: json<unknown>().notNull(),
    /** The steps without their content, for screens: id, name, kind, and how long a wait is. */
    outline: json<{ id: string; name: string; kind: string; until?: unknown }[]>().notNull(),
    contentSha256: text().notNull(),
    createdBy: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('campaign_versions_number').on(t.workspaceId, t.campaignId, t.number)],
);

export const runs = pgTable(
  'runs',
  {
    id: id(),
    workspaceId: workspaceId(),
    campaignId: text()
      .notNull()
      .references(() => campaigns.id),
    versionId: text()
      .notNull()
      .references(() => campaignVersions.id),
    /** One run per occurrence: a schedule tick, a launch click (its draft revision) or an event id. */
    occurrenceKey: text().notNull(),
    name: text().notNull(),
    status: text({
      enum: ['scheduled', 'queuing', 'sending', 'paused', 'completed', 'cancelled', 'failed'],
    }).notNull(),
    /** The state a paused run goes back to. */
    resumeStatus: text({ enum: ['scheduled', 'queuing', 'sending'] }),
    pausedBy: json<{ type: string; id: string; name: string }>(),
    statusReason: text(),
    /** Which provider account paused it, when the breaker did. */
    pausedAccountId: text(),
    /** Where and what kind of audience this run takes; overrides the version for reruns. */
    audience: json<unknown>(),
    fromStep: integer().notNull().default(0),
    rerunOf: text(),
    /** A run for the seed recipients of one wave of another run; outside every list and statistic. */
    seedOf: text(),
    seedWave: integer(),
    /** Since when the alarm about no progress stands. */
    stalledSince: at(),
    scheduledAt: at(),
    startedAt: at(),
    queuedAt: at(),
    completedAt: at(),
    lastProgressAt: at(),
    freezeCursor: text(),
    freezeDone: integer().notNull().default(0),
    listTotal: integer(),
    audienceCount: integer(),
    excludedCount: integer(),
    baseUrl: text().notNull(),
    maxPerSecond: doublePrecision(),
    waveCount: integer(),
    launchedBy: json<{ type: string; id: string; name: string }>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('runs_occurrence').on(t.workspaceId, t.campaignId, t.occurrenceKey),
    index('runs_recent').on(t.workspaceId, t.createdAt),
    index('runs_status').on(t.workspaceId, t.status),
    // looked at every second, for all workspaces at once
    index('runs_due').on(t.scheduledAt).where(sql`status = 'scheduled'`),
    index('runs_seeds').on(t.workspaceId, t.seedOf).where(sql`seed_of is not null`),
    check('runs_paused_says_why', sql`status <> 'paused' or (status_reason is not null and resume_status is not null)`),
    check('runs_failed_says_why', sql`status <> 'failed' or status_reason is not null`),
  ],
);

export const runMembers = pgTable(
  'run_members',
  {
    workspaceId: text().notNull(),
    runId: text().notNull(),
    contactId: text().notNull(),
    /** 1-based; null exactly when the contact is excluded. */
    wave: integer(),
    exclusion: text(),
    /** Internal people who get the real message last in each wave, outside all statistics. */
    seed: integer().notNull().default(0),
    email: text(),
    phone: text(),
    /** Another member has the same address of a channel that a later step uses. */
    sharesAddress: boolean().notNull().default(false),
    snapshot: json<Record<string, unknown>>(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.runId, t.contactId] }),
    check('run_members_in_or_why_not', sql`(wave is null) <> (exclusion is null)`),
  ],
);

/** Which delivery of a step an address that several members share is reached by. */
export const runAddresses = pgTable(
  'run_addresses',
  {
    workspaceId: text().notNull(),
    runId: text().notNull(),
    step: smallint().notNull(),
    addressHash: bigint({ mode: 'bigint' }).notNull(),
    deliveryId: bigint({ mode: 'bigint' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.runId, t.step, t.addressHash] })],
);

export const runExclusions = pgTable(
  'run_exclusions',
  { workspaceId: text().notNull(), runId: text().notNull(), reason: text().notNull(), n: integer().notNull() },
  (t) => [primaryKey({ columns: [t.workspaceId, t.runId, t.reason] })],
);

export const waves = pgTable(
  'waves',
  {
    workspaceId: text().notNull(),
    runId: text()
      .notNull()
      .references(() => runs.id, { onDelete: 'cascade' }),
    number: integer().notNull(),
    size: integer().notNull(),
    status: text({ enum: ['held', 'released', 'done'] })
      .notNull()
      .default('held'),
    releasedAt: at(),
    releasedBy: text(),
    doneAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.runId, t.number] })],
);
