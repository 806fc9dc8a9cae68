import { afterAll, beforeAll, beforeEach } from 'vitest';
import { memberCtx } from '@/lib/auth/current';
import { hashPassword } from '@/lib/auth/password';
import { codeAt, stepAt } from '@/lib/auth/totp';
import { offerSecondFactor, turnOnSecondFactor } from '@/lib/auth/turn-on-second-factor';
import { readSession, type SessionStart, type SignedIn, startSession } from '@/lib/auth/user-session';
import type { Ctx } from '@/lib/context';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';

export const PASSWORD = 'four plain words here';
export const ORIGIN = { ip: '192.0.2.1', userAgent: 'Test' };

/** Ada owns workspace A, Cy is its admin, Bo a marketer without a password; workspace B is somebody else's. */
async function newPeople(): Promise<void> {
  const sql = pool();
  const hash = await hashPassword(PASSWORD);
  await sql`delete from users`;
  await sql`delete from token_buckets`;
  await sql`insert into workspaces (id, name, slug) values ('wsp_a', 'A', 'a'), ('wsp_b', 'B', 'b') on conflict do nothing`;
  await sql`update workspaces set settings = '{}'`;
  await sql`insert into users (id, email, name, password_hash) values
    ('usr_1', 'ada@example.com', 'Ada', ${hash}), ('usr_2', 'bo@example.com', 'Bo', null),
    ('usr_3', 'cy@example.com', 'Cy', ${hash})`;
  await sql`insert into members (workspace_id, user_id, role) values
    ('wsp_a', 'usr_1', 'owner'), ('wsp_a', 'usr_2', 'marketer'), ('wsp_a', 'usr_3', 'admin')`;
}

/** What `env()` answers in these tests; a file says so with `vi.mock`. */
export const settings = {
  WAYBILL_SECRET: '',
  WAYBILL_SECRET_PREVIOUS: undefined as string | undefined,
  WAYBILL_DEMO: '0',
};

/** A database of its own with those people for the tests of one file, as they were before each. */
export function peopleForTests(): void {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
    await openPoolAt(database.url);
  });
  beforeEach(async () => {
    Object.assign(settings, { WAYBILL_SECRET: 'y'.repeat(32), WAYBILL_SECRET_PREVIOUS: undefined, WAYBILL_DEMO: '0' });
    await newPeople();
  });
  afterAll(async () => {
    await closePool();
    await database.drop();
  });
}

export const start = (userId = 'usr_1', startedBy: SessionStart = 'password') =>
  startSession({ userId, startedBy, ...ORIGIN });

export async function signedIn(userId = 'usr_1'): Promise<SignedIn> {
  const found = await readSession(await start(userId), true);
  if (!found) throw new Error('Not signed in');
  return found;
}

export async function again({ sessionId }: SignedIn): Promise<SignedIn> {
  const found = await readSession(sessionId, true);
  if (!found) throw new Error('Signed out');
  return found;
}

export const ctxOf = (person: SignedIn): Ctx => {
  const [membership] = person.memberships;
  if (!membership) throw new Error('No workspace');
  return memberCtx(person, membership);
};

/** The code of the app at a time step away from now. */
export const codeOf = (secret: string, away = 0) => codeAt(secret, stepAt(Date.now()) + away);

/** Somebody with the factor on; its first code was of the step before this one, so that this one's is still good. */
export async function withFactor(userId = 'usr_1') {
  const person = await signedIn(userId);
  const { secret } = await offerSecondFactor(person, { password: PASSWORD });
  const { recoveryCodes } = await turnOnSecondFactor(person, { code: codeOf(secret, -1), ip: null });
  return { person: await again(person), secret, recoveryCodes };
}

export const auditOf = async (workspaceId: string) =>
  (await pool()`select action from audit_log where workspace_id = ${workspaceId} order by id`).map(
    ({ action }) => action,
  );
