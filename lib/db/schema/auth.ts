import { sql } from 'drizzle-orm';
import { boolean, doublePrecision, index, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
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
  },
  (t) => [uniqueIndex('users_email').on(t.email)],
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
