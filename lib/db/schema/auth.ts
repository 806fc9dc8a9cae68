import { sql } from 'drizzle-orm';
import { bigint, boolean, doublePrecision, index, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { at, createdAt, id, json } from '@/lib/db/schema/columns';
import type { WorkspaceHours } from '@/lib/domain/send-hours';

export interface WorkspaceSettings {
  postalAddress?: string;
  logoUrl?: string;
  brandColor?: string;
  trackOpens?: boolean;
  trackClicks?: boolean;
  confirmUnsubscribe?: boolean;
  approvalAboveRecipients?: number;
  frameAncestors?: string[];
  defaultCountry?: string;
  bounceLimit?: number;
  smsPrice?: { amount: number; currency: string };
  /** When messages may leave, unless a campaign says otherwise. */
  sendHours?: WorkspaceHours;
  sandbox?: boolean;
  /** Members without a second factor are led to set one up before they see anything. */
  requireSecondFactor?: boolean;
}

export const users = pgTable(
  'users',
  {
    id: id(),
    email: text().notNull(),
    name: text().notNull(),
    passwordHash: text(),
    emailVerifiedAt: at(),
    createdAt: createdAt(),
    disabledAt: at(),
    /** Since when signing in takes a code as well; null while it does not. */
    secondFactorAt: at(),
  },
  (t) => [uniqueIndex('users_email').on(t.email)],
);

/** What the codes of a person's app are made of; theirs once `users.second_factor_at` is set, an offer until then. */
export const secondFactors = pgTable('second_factors', {
  userId: text()
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  secret: json<unknown>().notNull(),
  /** The 30 seconds of the last code that was taken: it and earlier ones are not taken again. */
  lastStep: bigint({ mode: 'number' }),
  createdAt: createdAt(),
});

export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    codeHash: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.codeHash] })],
);

export const verificationTokens = pgTable(
  'verification_tokens',
  { identifier: text().notNull(), tokenHash: text().notNull(), expiresAt: at().notNull() },
  (t) => [primaryKey({ columns: [t.identifier, t.tokenHash] })],
);

export const userSessions = pgTable(
  'user_sessions',
  {
    id: id(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
    lastSeenAt: at().notNull().defaultNow(),
    expiresAt: at().notNull(),
    revokedAt: at(),
    ip: text(),
    userAgent: text(),
    /** How it began: password, link, invitation, demo, setup. */
    startedBy: text(),
    /** When its person last proved who they are: at the beginning, or when asked again before a sensitive act. */
    provedAt: at().notNull().defaultNow(),
    /** When the second factor was proven in it. Without, it opens nothing while its person has one. */
    secondFactorAt: at(),
  },
  (t) => [index('user_sessions_user').on(t.userId, t.createdAt)],
);

export const workspaces = pgTable('workspaces', {
  id: id(),
  name: text().notNull(),
  slug: text().notNull().unique(),
  timeZone: text().notNull().default('UTC'),
  settings: json<WorkspaceSettings>().notNull().default({}),
  demo: boolean().notNull().default(false),
  createdAt: createdAt(),
});

export const members = pgTable(
  'members',
  {
    workspaceId: text()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: text({ enum: ['owner', 'admin', 'marketer', 'service_agent', 'viewer'] }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.userId] }), index('members_user').on(t.userId)],
);

export const invitations = pgTable(
  'invitations',
  {
    id: id(),
    workspaceId: text()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    email: text().notNull(),
    role: text({ enum: ['owner', 'admin', 'marketer', 'service_agent', 'viewer'] }).notNull(),
    tokenHash: text().notNull(),
    invitedBy: text().notNull(),
    createdAt: createdAt(),
    expiresAt: at().notNull(),
    acceptedAt: at(),
    revokedAt: at(),
  },
  (t) => [
    index('invitations_workspace').on(t.workspaceId, t.createdAt),
    uniqueIndex('invitations_token').on(t.tokenHash),
    uniqueIndex('invitations_open').on(t.workspaceId, t.email).where(sql`accepted_at is null and revoked_at is null`),
  ],
);

/** Tokens left per account, address or key; refilled by the database's clock when next asked. */
export const tokenBuckets = pgTable('token_buckets', {
  key: text().primaryKey(),
  tokens: doublePrecision().notNull(),
  refilledAt: at().notNull().defaultNow(),
});
