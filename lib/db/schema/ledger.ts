import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  customType,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { at, createdAt, json, serial64 } from '@/lib/db/schema/columns';
import { DELIVERY_STATES } from '@/lib/domain/delivery';
import { ERROR_CLASSES } from '@/lib/domain/delivery-error';

export const deliveryState = pgEnum('delivery_state', DELIVERY_STATES);
export const errorClass = pgEnum('error_class', ERROR_CLASSES);
const big = () => bigint({ mode: 'bigint' });
const bigArray = customType<{ data: string[]; driverData: string[] }>({ dataType: () => 'bigint[]' });

/** The unit of leasing: up to some hundred deliveries of one step of one run. Work is found here, by state. */
export const batches = pgTable(
  'batches',
  {
    id: serial64().primaryKey(),
    workspaceId: text().notNull(),
    runId: text().notNull(),
    step: smallint().notNull(),
    wave: integer().notNull(),
    state: text({ enum: ['held', 'ready', 'done'] }).notNull(),
    providerAccountId: text(),
    notBefore: at().notNull().defaultNow(),
    leaseOwner: text(),
    leaseUntil: at(),
    fence: integer().notNull().default(0),
    size: integer().notNull(),
    /** The Date header of every message in it, fixed at first claim so that a replay has the same bytes. */
    datedAt: at(),
    /** Why it is not due before `not_before`, where that is neither a retry nor a wait step. Taking it ends the waiting. */
    waitsFor: text({ enum: ['hours'] }),
    createdAt: createdAt(),
  },
  (t) => [
    index('batches_due').on(t.runId, t.notBefore, t.id).where(sql`state = 'ready'`),
    index('batches_run').on(t.workspaceId, t.runId, t.wave),
  ],
);

export const deliveries = pgTable(
  'deliveries',
  {
    id: serial64().primaryKey(),
    workspaceId: text().notNull(),
    runId: text().notNull(),
    contactId: text().notNull(),
    batchId: big().notNull(),
    step: smallint().notNull(),
    attempts: smallint().notNull().default(0),
    /** Attempts that a person granted beyond the policy, by pressing Retry. */
    attemptsBase: smallint().notNull().default(0),
    state: deliveryState().notNull().default('queued'),
    errorClass: errorClass(),
    skipReason: text(),
    errorCode: text(),
    errorText: text(),
    providerMessageId: text(),
    settledAt: at(),
    firstIntentAt: at(),
    resendOf: big(),
    resolution: text(),
    deliveredAt: at(),
    bouncedAt: at(),
    bounceType: text({ enum: ['hard', 'soft'] }),
    complainedAt: at(),
    openedAt: at(),
    clickedAt: at(),
    unsubscribedAt: at(),
    /**
     * The accepted message is a line of its contact's history: this is its number among `interactions`, from their
     * sequence. Null for what was not accepted, for records, and for what seed recipients got.
     */
    historyId: big(),
    /** 0 for the message of the flow, 1, 2, … for those a person had sent again. */
    repeat: smallint().notNull().default(0),
    /** What the provider said when it accepted, or what proves that it did. */
    answer: text(),
  },
  (t) => [
    // led by the contact, so that it serves a customer's history too; a whole run is read through batches_run
    uniqueIndex('deliveries_once').on(t.workspaceId, t.contactId, t.runId, t.step, t.repeat),
    index('deliveries_batch').on(t.batchId),
    index('deliveries_resent').on(t.workspaceId, t.runId, t.contactId).where(sql`resend_of is not null`),
    check('deliveries_repeats_name_the_first', sql`(repeat = 0) = (resend_of is null)`),
    check(
      'deliveries_failed_says_why',
      sql`state <> 'failed' or (error_class is not null and error_code is not null and error_text is not null)`,
    ),
    check('deliveries_skipped_says_why', sql`state <> 'skipped' or skip_reason is not null`),
    check('deliveries_in_doubt_says_why', sql`state <> 'in_doubt' or error_text is not null`),
    check('deliveries_settled_has_time', sql`(state = 'queued') = (settled_at is null)`),
  ],
);

/** Intent before wire: one row commits a group of deliveries to being sent; open until every one has its result. */
export const intents = pgTable(
  'intents',
  {
    id: serial64().primaryKey(),
    workspaceId: text().notNull(),
    runId: text().notNull(),
    batchId: big().notNull(),
    fence: integer().notNull(),
    worker: text().notNull(),
    providerAccountId: text().notNull(),
    deliveryIds: bigArray().notNull(),
    idempotencyKey: text().notNull(),
    payloadSha256: text(),
    /** Set on a replay: the first time this key went out; the provider's window counts from there. */
    firstIntentAt: at().notNull().defaultNow(),
    intentAt: at().notNull().defaultNow(),
    replays: smallint().notNull().default(0),
    notBefore: at(),
    closedAt: at(),
  },
  (t) => [index('intents_open').on(t.batchId).where(sql`closed_at is null`)],
);

/**
 * Append-only. An attempt that was accepted at once has no row: its delivery tells it (`first_intent_at`, `settled_at`,
 * `answer`); every other attempt is a row here.
 */
export const deliveryAttempts = pgTable(
  'delivery_attempts',
  {
    deliveryId: big().notNull(),
    n: smallint().notNull(),
    outcome: text({ enum: ['accepted', 'rejected', 'unknown'] }).notNull(),
    errorClass: errorClass(),
    intentId: big(),
    intentAt: at().notNull(),
    endedAt: at().notNull().defaultNow(),
    code: text(),
    text: text(),
  },
  (t) => [primaryKey({ columns: [t.deliveryId, t.n] })],
);

/** Deliveries that did not end well, so that they can be listed and grouped without an index on the hot rows' state. */
export const deliveryIssues = pgTable(
  'delivery_issues',
  {
    workspaceId: text().notNull(),
    runId: text().notNull(),
    deliveryId: big().notNull(),
    step: smallint().notNull(),
    state: deliveryState().notNull(),
    /** Error class and code, or the skip reason. */
    cause: text().notNull(),
    at: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.deliveryId] }),
    index('delivery_issues_run').on(t.workspaceId, t.runId, t.step, t.state, t.cause, t.deliveryId),
    index('delivery_issues_doubt').on(t.deliveryId).where(sql`state = 'in_doubt'`),
  ],
);

/** Deltas written in the settling transaction, sharded so that workers do not queue on one row; a screen sums them. */
export const runCounters = pgTable(
  'run_counters',
  {
    workspaceId: text().notNull(),
    runId: text().notNull(),
    step: smallint().notNull(),
    wave: integer().notNull(),
    state: deliveryState().notNull(),
    shard: smallint().notNull(),
    n: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.runId, t.step, t.wave, t.state, t.shard] })],
);

/** Settled per ten seconds, for the plot of the rate. */
export const runRates = pgTable(
  'run_rates',
  {
    workspaceId: text().notNull(),
    runId: text().notNull(),
    at: at().notNull(),
    step: smallint().notNull(),
    state: deliveryState().notNull(),
    shard: smallint().notNull(),
    n: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.runId, t.at, t.step, t.state, t.shard] })],
);

/** What became of the accepted deliveries of a step, counted from their rows at `counted_at`; reports count again when it is old. */
export const runOutcomes = pgTable(
  'run_outcomes',
  {
    workspaceId: text().notNull(),
    runId: text().notNull(),
    step: smallint().notNull(),
    countedAt: at().notNull().defaultNow(),
    accepted: integer().notNull(),
    delivered: integer().notNull(),
    hardBounced: integer().notNull(),
    softBounced: integer().notNull(),
    complained: integer().notNull(),
    /** By people, by machines, and by whom nobody can tell; the three sum to the deliveries that were opened. */
    openedByPeople: integer().notNull(),
    openedByMachines: integer().notNull(),
    openedUnknown: integer().notNull(),
    clicked: integer().notNull(),
    unsubscribed: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.runId, t.step] })],
);

/** The outcomes of a large run by link, by domain and over time, counted together with `run_outcomes`. */
export const runBreakdowns = pgTable(
  'run_breakdowns',
  {
    workspaceId: text().notNull(),
    runId: text().notNull(),
    countedAt: at().notNull().defaultNow(),
    counted: json<unknown>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.runId] })],
);

export const providerEvents = pgTable(
  'provider_events',
  {
    id: serial64().primaryKey(),
    workspaceId: text().notNull(),
    providerAccountId: text().notNull(),
    providerEventId: text().notNull(),
    deliveryId: big(),
    type: text().notNull(),
    providerAt: at(),
    receivedAt: createdAt(),
    matchedAt: at(),
    /** Tried, and its delivery not found yet; when to look again. */
    parkedUntil: at(),
    raw: json<unknown>().notNull(),
  },
  (t) => [
    uniqueIndex('provider_events_once').on(t.workspaceId, t.providerAccountId, t.providerEventId),
    index('provider_events_delivery').on(t.workspaceId, t.deliveryId),
    index('provider_events_unmatched').on(t.id).where(sql`matched_at is null`),
  ],
);

/**
 * Append-only history of a contact, written in the transaction of the fact. That a message was accepted is told by its
 * delivery (`history_id`), not here; customer service reads both.
 */
export const interactions = pgTable(
  'interactions',
  {
    id: serial64().primaryKey(),
    workspaceId: text().notNull(),
    contactId: text().notNull(),
    at: createdAt(),
    type: text().notNull(),
    step: smallint(),
    deliveryId: big(),
    runId: text(),
    data: json<Record<string, unknown>>(),
  },
  (t) => [index('interactions_contact').on(t.workspaceId, t.contactId, t.id)],
);
