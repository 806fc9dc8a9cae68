import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { workspaces } from '@/lib/db/schema/auth';
import { campaigns, campaignVersions } from '@/lib/db/schema/campaigns';
import { at, createdAt, json } from '@/lib/db/schema/columns';
import type { Expectation, RecurrencePlan } from '@/lib/domain/recurrence';

const workspaceId = () =>
  text()
    .notNull()
    .references(() => workspaces.id, { onDelete: 'cascade' });
const campaignId = () =>
  text()
    .notNull()
    .references(() => campaigns.id, { onDelete: 'cascade' });
const versionId = () =>
  text()
    .notNull()
    .references(() => campaignVersions.id);

type Actor = { type: string; id: string; name: string };

/** The last activation of a recurring campaign: what happens next, and the promise that it does. */
export const recurrences = pgTable(
  'recurrences',
  {
    workspaceId: workspaceId(),
    campaignId: campaignId(),
    versionId: versionId(),
    /** Of the draft as it was activated. */
    revision: integer().notNull(),
    /** Grammar in lib/domain/recurrence. */
    plan: json<RecurrencePlan>().notNull(),
    /** The plan as a sentence. */
    words: text().notNull(),
    overlap: text({ enum: ['skip', 'wait', 'start'] }).notNull(),
    expect: json<Expectation>().notNull(),
    status: text({ enum: ['active', 'ended', 'stopped'] }).notNull(),
    /** The occurrence that comes next; null when there is none any more. */
    nextAt: at(),
    /** The occurrence that did not start and was told of. */
    overdueTold: at(),
    activatedAt: at().notNull().defaultNow(),
    activatedBy: json<Actor>().notNull(),
    stoppedAt: at(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.campaignId] }),
    // looked at every second, for all workspaces at once
    index('recurrences_due').on(t.nextAt).where(sql`status = 'active'`),
    check('recurrences_active_has_next', sql`status <> 'active' or next_at is not null`),
  ],
);

/** What became of each planned moment; one that is still to come has a row only if somebody decided about it. */
export const occurrences = pgTable(
  'occurrences',
  {
    workspaceId: workspaceId(),
    campaignId: campaignId(),
    plannedAt: at().notNull(),
    state: text({ enum: ['run', 'waiting', 'skipped', 'missed'] }).notNull(),
    runId: text(),
    /** Why there was no run, or why it waits. */
    reason: text(),
    /** Who started it out of turn, or left it out. */
    decidedBy: json<Actor>(),
    decidedAt: createdAt(),
    /** When its run should be done. */
    dueBy: at(),
    /** When its audience was looked at. */
    judgedAt: at(),
    unexpected: text({ enum: ['empty', 'unusual', 'late'] }),
    unexpectedWords: text(),
    lateAt: at(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.campaignId, t.plannedAt] }),
    index('occurrences_run').on(t.workspaceId, t.runId).where(sql`run_id is not null`),
    index('occurrences_waiting').on(t.decidedAt).where(sql`state = 'waiting'`),
    index('occurrences_unjudged').on(t.decidedAt).where(sql`run_id is not null and judged_at is null`),
    index('occurrences_due_by').on(t.dueBy).where(sql`due_by is not null and late_at is null`),
    check(
      'occurrences_run_or_why_not',
      sql`(state = 'run') = (run_id is not null) and (state = 'run' or reason is not null)`,
    ),
  ],
);
