import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { adapter } from '@/lib/auth/adapter';
import { changePassword } from '@/lib/auth/change-password';
import { checkPassword } from '@/lib/auth/check-password';
import { listSessions } from '@/lib/auth/list-sessions';
import { hashPassword } from '@/lib/auth/password';
import { renameSelf } from '@/lib/auth/rename-self';
import { revokeOtherSessions, revokeSession } from '@/lib/auth/revoke-session';
import { openSessionCookie, sealSessionCookie } from '@/lib/auth/session-cookie';
import { limitSignIn } from '@/lib/auth/sign-in-limits';
import { takeToken } from '@/lib/auth/token-bucket';
import { readSession, startSession } from '@/lib/auth/user-session';
import { type Ctx, systemCtx } from '@/lib/context';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';

const PASSWORD = 'four plain words here';
let database: TestDatabase;
let me: Ctx;
let hash: string;
const start = (userId = 'usr_1', replaces?: string) =>
  startSession({ userId, startedBy: 'password', ip: '192.0.2.1', userAgent: 'Test', ...(replaces && { replaces }) });
const person = (userId: string): Ctx => ({
  workspaceId: 'wsp_a',
  actor: { type: 'user', userId, name: 'Ada', role: 'viewer' },
});

beforeAll(async () => {
  vi.stubEnv('WAYBILL_SECRET', 'y'.repeat(32));
  vi.stubEnv('DATABASE_URL', 'postgres://unused');
  database = await testDatabase();
  await openPoolAt(database.url);
  await pool()`insert into workspaces (id, name, slug) values ('wsp_a', 'A', 'a')`;
  me = person('usr_1');
  hash = await hashPassword(PASSWORD);
});
beforeEach(async () => {
  const sql = pool();
  await sql`delete from users`;
  await sql`delete from token_buckets`;
  await sql`insert into users (id, email, name, password_hash) values
    ('usr_1', 'ada@example.com', 'Ada', ${hash}), ('usr_2', 'bo@example.com', 'Bo', null)`;
  await sql`insert into members (workspace_id, user_id, role) values ('wsp_a', 'usr_1', 'viewer')`;
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await closePool();
  await database.drop();
});

describe('a session', () => {
  it('knows the person and their workspaces', async () => {
    expect(await readSession(await start(), true)).toMatchObject({
      user: { id: 'usr_1', email: 'ada@example.com', hasPassword: true },
      memberships: [{ workspaceId: 'wsp_a', role: 'viewer', settings: {} }],
    });
  });

  it('ends after 12 idle hours, after 14 days, when revoked, and when the person is disabled', async () => {
    const sql = pool();
    const ends = [
      (id: string) =>
        sql`update user_sessions set last_seen_at = now() - interval '12 hours 1 second' where id = ${id}`,
      (id: string) => sql`update user_sessions set expires_at = now() - interval '1 second' where id = ${id}`,
      (id: string) => sql`update user_sessions set revoked_at = now() where id = ${id}`,
      (_: string) => sql`update users set disabled_at = now() where id = 'usr_1'`,
    ];
    for (const end of ends) {
      const id = await start();
      expect(await readSession(id, true)).not.toBeNull();
      await end(id);
      expect(await readSession(id, true)).toBeNull();
    }
  });

  it('is kept alive by a person, not by a screen that refreshes itself', async () => {
    const sql = pool();
    const id = await start();
    await sql`update user_sessions set last_seen_at = now() - interval '11 hours' where id = ${id}`;
    const idleHours = async () => {
      const [row] = await sql<{ h: number }[]>`
        select extract(epoch from now() - last_seen_at)::float8 / 3600 as h from user_sessions where id = ${id}`;
      return row?.h ?? -1;
    };
    await readSession(id, false);
    expect(await idleHours()).toBeGreaterThan(10);
    await readSession(id, true);
    expect(await idleHours()).toBeLessThan(1);
  });

  it('never outlives a sign-in in the same browser', async () => {
    const before = await start();
    const after = await start('usr_1', before);
    expect(await readSession(before, true)).toBeNull();
    expect(await readSession(after, true)).not.toBeNull();
  });

  it('travels in a cookie that cannot be read or made by others', async () => {
    const id = await start();
    const { name, value } = await sealSessionCookie('usr_1', id);
    expect(value).not.toContain(Buffer.from(id).toString('base64url').slice(0, 12));
    const read = (text: string | undefined) => openSessionCookie((asked) => (asked === name ? text : undefined));
    expect(await read(value)).toBe(id);
    for (const bad of [undefined, '', 'x.y.z', value.slice(0, -2), `${value.slice(0, 30)}A${value.slice(31)}`]) {
      expect(await read(bad)).toBeNull();
    }
  });

  it('is listed and revoked by its own person only', async () => {
    const [mine, other] = [await start(), await start('usr_2')];
    expect((await listSessions('usr_1')).map((session) => session.id)).toEqual([mine]);
    await expect(revokeSession(me, { sessionId: other })).rejects.toMatchObject({ code: 'not_found' });
    await expect(revokeSession(systemCtx('wsp_a', 'job'), { sessionId: mine })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await revokeSession(me, { sessionId: mine });
    await expect(revokeSession(me, { sessionId: mine })).rejects.toMatchObject({ code: 'not_found' });
    expect(await listSessions('usr_1')).toEqual([]);
    expect(await readSession(other, true)).not.toBeNull();
  });

  it('can be the only one left', async () => {
    const keep = await start();
    await Promise.all([start(), start(), start('usr_2')]);
    expect(await revokeOtherSessions(me, keep)).toEqual({ ended: 2 });
    expect((await listSessions('usr_1')).map((session) => session.id)).toEqual([keep]);
    expect(await listSessions('usr_2')).toHaveLength(1);
  });
});

describe('a password', () => {
  it('opens its own account only', async () => {
    expect(await checkPassword('ada@example.com', PASSWORD)).toMatchObject({ id: 'usr_1' });
    expect(await checkPassword('ada@example.com', 'wrong')).toBeNull();
    expect(await checkPassword('bo@example.com', '')).toBeNull();
    expect(await checkPassword('nobody@example.com', PASSWORD)).toBeNull();
  });

  it('takes as much work to refuse for an address without an account, or an account without a password', async () => {
    const took = async (email: string) => {
      const before = process.cpuUsage();
      await checkPassword(email, 'not the password at all');
      return process.cpuUsage(before).user;
    };
    const times: Record<string, number[]> = { 'ada@example.com': [], 'nobody@example.com': [], 'bo@example.com': [] };
    for (let round = 0; round < 3; round++) {
      for (const email of Object.keys(times)) times[email]?.push(await took(email));
    }
    const [known = 0, ...others] = Object.values(times).map((list) => list.toSorted((a, b) => a - b)[1] ?? 0);
    // without the hashing it would be a hundredth
    for (const other of others) expect(other / known).toBeGreaterThan(0.4);
    for (const other of others) expect(other / known).toBeLessThan(2.5);
  });

  it('is changed after the current one, and ends every other session', async () => {
    const [keep, other] = [await start(), await start()];
    const next = { newPassword: 'another set of words', keepSessionId: keep };
    await expect(changePassword(me, { ...next, currentPassword: 'wrong' })).rejects.toMatchObject({ code: 'invalid' });
    await expect(
      changePassword(me, { ...next, currentPassword: PASSWORD, newPassword: 'short' }),
    ).rejects.toMatchObject({
      issues: [{ path: 'newPassword' }],
    });
    expect(await changePassword(me, { ...next, currentPassword: PASSWORD })).toEqual({ ended: 1 });
    expect(await readSession(other, true)).toBeNull();
    expect(await readSession(keep, true)).not.toBeNull();
    expect(await checkPassword('ada@example.com', PASSWORD)).toBeNull();
    expect(await checkPassword('ada@example.com', 'another set of words')).not.toBeNull();
  });

  it('cannot be guessed through the change form', async () => {
    const guess = () =>
      changePassword(me, { currentPassword: 'no', newPassword: 'another set of words', keepSessionId: 'x' });
    const codes: string[] = [];
    for (let n = 0; n < 8; n++)
      codes.push(
        await guess().then(
          () => 'ok',
          (error: { code: string }) => error.code,
        ),
      );
    expect(codes.slice(-2)).toEqual(['limit', 'limit']);
  });

  it('is hashed anew at sign-in when the cost has gone up', async () => {
    const sql = pool();
    const { scryptSync } = await import('node:crypto');
    const salt = Buffer.alloc(16, 7);
    const key = scryptSync(PASSWORD, salt, 32, { N: 2 ** 10, r: 8, p: 1 });
    const weak = `scrypt$10$8$1$${salt.toString('base64url')}$${key.toString('base64url')}`;
    await sql`update users set password_hash = ${weak} where id = 'usr_1'`;
    expect(await checkPassword('ada@example.com', PASSWORD)).not.toBeNull();
    const [user] = await sql<{ hash: string }[]>`select password_hash as hash from users where id = 'usr_1'`;
    expect(user?.hash).toMatch(/^scrypt\$15\$/);
    expect(await checkPassword('ada@example.com', PASSWORD)).not.toBeNull();
  });
});

describe('one’s own name', () => {
  it('is changed and logged once', async () => {
    await renameSelf(me, { name: ' Ada King ' });
    await renameSelf(me, { name: 'Ada King' });
    const [user] = await pool()`select name from users where id = 'usr_1'`;
    expect(user?.name).toBe('Ada King');
    await expect(renameSelf(me, { name: '<b>' })).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('a mailed token', () => {
  const make = (identifier: string, token: string) =>
    adapter.createVerificationToken?.({ identifier, token, expires: new Date(Date.now() + 60_000) });
  const use = (identifier: string, token: string) => adapter.useVerificationToken?.({ identifier, token });

  it('works once, for its own address, and ends the others of that address', async () => {
    await make('ada@example.com', 'h1');
    await make('ada@example.com', 'h2');
    await make('bo@example.com', 'h3');
    expect(await use('bo@example.com', 'h1')).toBeNull();
    expect(await use('ada@example.com', 'h1')).toMatchObject({ identifier: 'ada@example.com' });
    expect(await use('ada@example.com', 'h1')).toBeNull();
    expect(await use('ada@example.com', 'h2')).toBeNull();
    expect(await use('bo@example.com', 'h3')).not.toBeNull();
  });

  it('is used by one of two clicks at the same moment', async () => {
    await make('ada@example.com', 'h1');
    const both = await Promise.all([use('ada@example.com', 'h1'), use('ada@example.com', 'h1')]);
    expect(both.filter(Boolean)).toHaveLength(1);
  });

  it('is not kept for an address without an account', async () => {
    await make('nobody@example.com', 'h1');
    expect(await use('nobody@example.com', 'h1')).toBeNull();
  });

  it('never makes an account', async () => {
    await expect(adapter.createUser?.({ email: 'x@example.com', emailVerified: null })).rejects.toThrow(/invitation/);
  });
});

describe('attempts', () => {
  it('are counted exactly, also when they come at once', async () => {
    const rule = { capacity: 5, refillMs: 60_000 };
    const answers = await Promise.all(Array.from({ length: 20 }, () => takeToken('k', rule)));
    expect(answers.filter((answer) => answer.allowed)).toHaveLength(5);
    const refused = await takeToken('k', rule);
    expect(refused).toMatchObject({ allowed: false, remaining: 0 });
    expect(refused.retryAfterMs).toBeGreaterThan(55_000);
    expect(refused.retryAfterMs).toBeLessThanOrEqual(60_000);
  });

  it('come back with time, up to the capacity', async () => {
    const rule = { capacity: 2, refillMs: 1000 };
    await takeToken('k', rule);
    await takeToken('k', rule);
    expect((await takeToken('k', rule)).allowed).toBe(false);
    await pool()`update token_buckets set refilled_at = now() - interval '1 hour'`;
    expect(
      [await takeToken('k', rule), await takeToken('k', rule), await takeToken('k', rule)].map((a) => a.allowed),
    ).toEqual([true, true, false]);
  });

  it('of one network do not lock the owner of an account out', async () => {
    for (let n = 0; n < 20; n++) await limitSignIn('password', 'ada@example.com', '203.0.113.9');
    expect((await limitSignIn('password', 'ada@example.com', '203.0.113.9')).allowed).toBe(false);
    expect((await limitSignIn('password', 'ada@example.com', '192.0.2.7')).allowed).toBe(true);
  });

  it('against many accounts are counted for the network', async () => {
    const tries: boolean[] = [];
    for (let n = 0; n < 45; n++)
      tries.push((await limitSignIn('password', `u${n}@example.com`, '203.0.113.9')).allowed);
    expect(tries.slice(0, 40).every(Boolean)).toBe(true);
    expect(tries.slice(-3)).toEqual([false, false, false]);
  });
});
