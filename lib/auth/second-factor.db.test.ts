import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { changePassword } from '@/lib/auth/change-password';
import { awaitedCode, completeSignIn } from '@/lib/auth/complete-sign-in';
import { lacksSecondFactor, memberCtx } from '@/lib/auth/current';
import { listSessions } from '@/lib/auth/list-sessions';
import { hashPassword } from '@/lib/auth/password';
import { renewProof } from '@/lib/auth/renew-proof';
import { resetByOperator, resetSecondFactor } from '@/lib/auth/reset-second-factor';
import { codeAt, stepAt } from '@/lib/auth/totp';
import { countRecoveryCodes, renewRecoveryCodes, turnOffSecondFactor } from '@/lib/auth/turn-off-second-factor';
import { offerSecondFactor, turnOnSecondFactor } from '@/lib/auth/turn-on-second-factor';
import { readSession, type SessionStart, type SignedIn, startSession } from '@/lib/auth/user-session';
import { authoriseRecent, type Ctx } from '@/lib/context';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { createApiKey } from '@/lib/features/api-keys/create-api-key';
import { rotateSecrets } from '@/lib/features/secrets/rotate-secrets';
import { updateWorkspace } from '@/lib/features/workspaces/update-workspace';

const settings = {
  WAYBILL_SECRET: 'y'.repeat(32),
  WAYBILL_SECRET_PREVIOUS: undefined as string | undefined,
  WAYBILL_DEMO: '0',
};
vi.mock('@/lib/env', () => ({ env: () => settings }));

const PASSWORD = 'four plain words here';
const ORIGIN = { ip: '192.0.2.1', userAgent: 'Test' };
let database: TestDatabase;
let hash: string;

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
  await pool()`insert into workspaces (id, name, slug) values ('wsp_a', 'A', 'a'), ('wsp_b', 'B', 'b')`;
  hash = await hashPassword(PASSWORD);
});
beforeEach(async () => {
  const sql = pool();
  Object.assign(settings, { WAYBILL_SECRET: 'y'.repeat(32), WAYBILL_SECRET_PREVIOUS: undefined, WAYBILL_DEMO: '0' });
  await sql`delete from users`;
  await sql`delete from token_buckets`;
  await sql`update workspaces set settings = '{}'`;
  await sql`insert into users (id, email, name, password_hash) values
    ('usr_1', 'ada@example.com', 'Ada', ${hash}), ('usr_2', 'bo@example.com', 'Bo', null),
    ('usr_3', 'cy@example.com', 'Cy', ${hash})`;
  await sql`insert into members (workspace_id, user_id, role) values
    ('wsp_a', 'usr_1', 'owner'), ('wsp_a', 'usr_2', 'marketer'), ('wsp_a', 'usr_3', 'admin')`;
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

const start = (userId = 'usr_1', startedBy: SessionStart = 'password') =>
  startSession({ userId, startedBy, ...ORIGIN });

async function signedIn(userId = 'usr_1'): Promise<SignedIn> {
  const found = await readSession(await start(userId), true);
  if (!found) throw new Error('Not signed in');
  return found;
}

async function again({ sessionId }: SignedIn): Promise<SignedIn> {
  const found = await readSession(sessionId, true);
  if (!found) throw new Error('Signed out');
  return found;
}

const ctxOf = (person: SignedIn): Ctx => {
  const [membership] = person.memberships;
  if (!membership) throw new Error('No workspace');
  return memberCtx(person, membership);
};

/** The code of the app at a time step away from now. */
const codeOf = (secret: string, away = 0) => codeAt(secret, stepAt(Date.now()) + away);

/** Somebody with the factor on; its first code was of the step before this one, so that this one's is still good. */
async function withFactor(userId = 'usr_1') {
  const person = await signedIn(userId);
  const { secret } = await offerSecondFactor(person, { password: PASSWORD });
  const { recoveryCodes } = await turnOnSecondFactor(person, { code: codeOf(secret, -1), ip: null });
  return { person: await again(person), secret, recoveryCodes };
}

const auditOf = async (workspaceId: string) =>
  (await pool()`select action from audit_log where workspace_id = ${workspaceId} order by id`).map(
    ({ action }) => action,
  );

describe('turning it on', () => {
  it('needs the password, and a code of the very secret that was offered last', async () => {
    const person = await signedIn();
    await expect(offerSecondFactor(person, { password: 'wrong' })).rejects.toMatchObject({ code: 'invalid' });
    const first = await offerSecondFactor(person, { password: PASSWORD });
    const second = await offerSecondFactor(person, { password: PASSWORD });
    expect(first.picture).toMatch(/^data:image\/svg\+xml;base64,/);
    await expect(turnOnSecondFactor(person, { code: codeOf(first.secret), ip: null })).rejects.toMatchObject({
      issues: [{ path: 'code' }],
    });
    expect((await again(person)).user.hasSecondFactor).toBe(false);
    const code = codeOf(second.secret);
    const { recoveryCodes } = await turnOnSecondFactor(person, {
      code: `${code.slice(0, 3)} ${code.slice(3)}`,
      ip: null,
    });
    expect(new Set(recoveryCodes).size).toBe(10);
    expect((await again(person)).user.hasSecondFactor).toBe(true);
    await expect(offerSecondFactor(await again(person), { password: PASSWORD })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('needs a recent sign-in of somebody who has no password', async () => {
    const person = await signedIn('usr_2');
    expect((await offerSecondFactor(person, { password: '' })).secret).toMatch(/^[A-Z2-7]{32}$/);
    const late = { ...person, provedAt: new Date(Date.now() - 31 * 60_000) };
    await expect(offerSecondFactor(late, { password: '' })).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('ends every other session, keeps this one, and is in the audit log', async () => {
    const other = await start();
    const { person } = await withFactor();
    expect(await readSession(other, true)).toBeNull();
    expect((await listSessions('usr_1')).map(({ id }) => id)).toEqual([person.sessionId]);
    expect(await auditOf('wsp_a')).toContain('second_factor.turned_on');
  });

  it('keeps neither the secret nor a recovery code readable, and the secret opens for its own person only', async () => {
    const { secret, recoveryCodes } = await withFactor();
    const kept =
      await pool()`select secret::text, (select string_agg(code_hash, ' ') from recovery_codes) as codes from second_factors`;
    const text = JSON.stringify(kept);
    for (const word of [secret, ...recoveryCodes, ...recoveryCodes.map((one) => one.replaceAll('-', ''))]) {
      expect(text).not.toContain(word);
    }
    await withFactor('usr_3');
    await pool()`update second_factors set secret = (select secret from second_factors where user_id = 'usr_1') where user_id = 'usr_3'`;
    await expect(completeSignIn(await start('usr_3'), codeOf(secret), ORIGIN)).rejects.toMatchObject({
      code: 'precondition',
    });
  });

  it('survives a change of the installation’s secret', async () => {
    const { secret } = await withFactor();
    Object.assign(settings, { WAYBILL_SECRET: 'z'.repeat(32), WAYBILL_SECRET_PREVIOUS: 'y'.repeat(32) });
    expect(await rotateSecrets()).toMatchObject({ rewrapped: 1, unopened: [] });
    settings.WAYBILL_SECRET_PREVIOUS = undefined;
    expect((await completeSignIn(await start(), codeOf(secret), ORIGIN)).userId).toBe('usr_1');
  });
});

describe('signing in with it', () => {
  it('opens nothing before the code, however it began, and a new session with it', async () => {
    const { secret } = await withFactor();
    for (const way of ['password', 'link', 'invitation', 'setup'] as const) {
      const waiting = await start('usr_1', way);
      expect(await readSession(waiting, true), way).toBeNull();
      expect(await awaitedCode(waiting)).toMatchObject({ userId: 'usr_1', startedBy: way });
    }
    const waiting = await start();
    const { sessionId, provenBy } = await completeSignIn(waiting, codeOf(secret), ORIGIN);
    expect([provenBy, sessionId === waiting]).toEqual(['app', false]);
    expect(await readSession(sessionId, true)).not.toBeNull();
    expect(await readSession(waiting, true)).toBeNull();
    expect(await awaitedCode(waiting)).toBeNull();
    expect(await awaitedCode(sessionId)).toBeNull();
  });

  it('waits ten minutes, is no session of the list, and ends when the person starts over', async () => {
    const { secret, person } = await withFactor();
    const waiting = await start();
    expect((await listSessions('usr_1')).map(({ id }) => id)).toEqual([person.sessionId]);
    await pool()`update user_sessions set expires_at = expires_at - interval '10 minutes 1 second' where id = ${waiting}`;
    await expect(completeSignIn(waiting, codeOf(secret), ORIGIN)).rejects.toMatchObject({ code: 'gone' });
    await expect(completeSignIn('', codeOf(secret), ORIGIN)).rejects.toMatchObject({ code: 'gone' });
  });

  it('takes a code once: not again, not at the same moment, and no earlier one after it', async () => {
    const { secret } = await withFactor();
    const code = codeOf(secret, 1);
    const both = await Promise.allSettled(
      [await start(), await start()].map((waiting) => completeSignIn(waiting, code, ORIGIN)),
    );
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const used of [code, codeOf(secret, 0)]) {
      await expect(completeSignIn(await start(), used, ORIGIN)).rejects.toMatchObject({ code: 'invalid' });
    }
  });

  it('does not take the code that turned it on', async () => {
    const person = await signedIn();
    const { secret } = await offerSecondFactor(person, { password: PASSWORD });
    const code = codeOf(secret);
    await turnOnSecondFactor(person, { code, ip: null });
    await expect(completeSignIn(await start(), code, ORIGIN)).rejects.toMatchObject({ code: 'invalid' });
  });

  it('takes each recovery code once, however it is typed, and says how many are left', async () => {
    const { recoveryCodes } = await withFactor();
    const [first = '', second = ''] = recoveryCodes;
    expect(first).toMatch(/^([a-hjkmnp-z1-9]{6}-){3}[a-hjkmnp-z1-9]{6}$/);
    const typed = ` ${first.toUpperCase().replaceAll('-', ' ')} `;
    expect(await completeSignIn(await start(), typed, ORIGIN)).toMatchObject({
      provenBy: 'recovery_code',
      recoveryCodesLeft: 9,
    });
    await expect(completeSignIn(await start(), first, ORIGIN)).rejects.toMatchObject({ code: 'invalid' });
    const both = await Promise.allSettled(
      [await start(), await start()].map((waiting) => completeSignIn(waiting, second, ORIGIN)),
    );
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await countRecoveryCodes('usr_1')).toBe(8);
  });

  it('takes nobody else’s codes and no nonsense', async () => {
    const mine = await withFactor();
    const other = await withFactor('usr_3');
    for (const code of [codeOf(other.secret), other.recoveryCodes[0] ?? '', '', '000000x', '-', ' ', "' or 1=1"]) {
      if (code === codeOf(mine.secret)) continue;
      await expect(
        completeSignIn(await start(), code, { ...ORIGIN, ip: `192.0.2.${code.length}` }),
        code,
      ).rejects.toMatchObject({
        code: 'invalid',
      });
    }
  });

  it('cannot be guessed: after six tries a minute has to pass, for another session too', async () => {
    const { secret } = await withFactor();
    await pool()`delete from token_buckets`;
    const codes: string[] = [];
    for (let n = 0; n < 8; n++) {
      const refused = await completeSignIn(await start(), 'xxxxxx', ORIGIN).catch(
        (error: { code: string }) => error.code,
      );
      codes.push(String(refused));
    }
    expect(codes).toEqual([...Array(6).fill('invalid'), 'limit', 'limit']);
    await expect(completeSignIn(await start(), codeOf(secret), ORIGIN)).rejects.toMatchObject({ code: 'limit' });
    const elsewhere = await completeSignIn(await start(), codeOf(secret), { ...ORIGIN, ip: '198.51.100.7' });
    expect(elsewhere.userId).toBe('usr_1');
  });

  it('is not walked round by a new password', async () => {
    const { person } = await withFactor();
    await changePassword(ctxOf(person), {
      currentPassword: PASSWORD,
      newPassword: 'another set of words',
      keepSessionId: person.sessionId,
    });
    expect(await readSession(await start(), true)).toBeNull();
  });

  it('is not asked of the demo’s own link, in demo mode only', async () => {
    await withFactor();
    settings.WAYBILL_DEMO = '1';
    const demo = await start('usr_1', 'demo');
    expect(await readSession(demo, true)).not.toBeNull();
    settings.WAYBILL_DEMO = '0';
    expect(await readSession(demo, true)).toBeNull();
  });
});

describe('turning it off', () => {
  it('needs password and code, ends other sessions, and leaves nothing behind', async () => {
    const { person, secret, recoveryCodes } = await withFactor();
    const elsewhere = (await completeSignIn(await start(), recoveryCodes[0] ?? '', ORIGIN)).sessionId;
    const off = (password: string, code: string) => turnOffSecondFactor(person, { password, code, ip: null });
    await expect(off('wrong', codeOf(secret))).rejects.toMatchObject({ issues: [{ path: 'password' }] });
    await expect(off(PASSWORD, '12')).rejects.toMatchObject({ issues: [{ path: 'code' }] });
    expect(await off(PASSWORD, codeOf(secret))).toEqual({ ended: 1 });
    expect(await readSession(elsewhere, true)).toBeNull();
    expect((await again(person)).user.hasSecondFactor).toBe(false);
    const left = await pool()`select user_id from second_factors union all select user_id from recovery_codes`;
    expect(left).toHaveLength(0);
    expect(await readSession(await start(), true)).not.toBeNull();
    expect(await auditOf('wsp_a')).toContain('second_factor.turned_off');
  });

  it('can be done with a recovery code, when the phone is gone', async () => {
    const { person, recoveryCodes } = await withFactor();
    await turnOffSecondFactor(person, { password: PASSWORD, code: recoveryCodes[3] ?? '', ip: null });
    expect((await again(person)).user.hasSecondFactor).toBe(false);
  });

  it('is not needed for new recovery codes, which end the earlier ones', async () => {
    const { person, secret, recoveryCodes } = await withFactor();
    const renewed = await renewRecoveryCodes(person, { code: codeOf(secret), ip: null });
    await expect(completeSignIn(await start(), recoveryCodes[0] ?? '', ORIGIN)).rejects.toMatchObject({
      code: 'invalid',
    });
    expect(await completeSignIn(await start(), renewed.recoveryCodes[0] ?? '', ORIGIN)).toMatchObject({
      recoveryCodesLeft: 9,
    });
  });
});

describe('a reset', () => {
  it('is an owner’s or admin’s, of others, ends all their sessions, and is in the audit log', async () => {
    const { person } = await withFactor('usr_3');
    const owner = ctxOf(await signedIn('usr_1'));
    const marketer = ctxOf(await signedIn('usr_2'));
    await expect(resetSecondFactor(marketer, { userId: 'usr_3' })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(resetSecondFactor(ctxOf(person), { userId: 'usr_3' })).rejects.toMatchObject({ code: 'forbidden' });
    expect(await resetSecondFactor(owner, { userId: 'usr_3' })).toMatchObject({ email: 'cy@example.com', ended: 1 });
    expect(await readSession(person.sessionId, true)).toBeNull();
    expect(await readSession(await start('usr_3'), true)).not.toBeNull();
    await expect(resetSecondFactor(owner, { userId: 'usr_3' })).rejects.toMatchObject({ code: 'conflict' });
    expect(await auditOf('wsp_a')).toContain('second_factor.reset');
  });

  it('of an owner is an owner’s alone', async () => {
    await withFactor('usr_1');
    const admin = ctxOf(await signedIn('usr_3'));
    await expect(resetSecondFactor(admin, { userId: 'usr_1' })).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('never opens a workspace that the resetter does not manage', async () => {
    await withFactor('usr_3');
    await pool()`insert into members (workspace_id, user_id, role) values ('wsp_b', 'usr_3', 'viewer')`;
    const owner = ctxOf(await signedIn('usr_1'));
    await expect(resetSecondFactor(owner, { userId: 'usr_3' })).rejects.toMatchObject({ code: 'forbidden' });
    expect(await resetByOperator('cy@example.com')).toMatchObject({ name: 'Cy' });
    expect(await resetByOperator('cy@example.com')).toBeNull();
    expect(await auditOf('wsp_b')).toEqual(['second_factor.reset']);
  });
});

describe('a workspace that asks for it', () => {
  it('can be made so by who has it, and then shows nothing to those without', async () => {
    const without = await signedIn('usr_3');
    const ask = (ctx: Ctx) => updateWorkspace(ctx, { settings: { requireSecondFactor: true } });
    await expect(ask(ctxOf(without))).rejects.toMatchObject({
      code: 'precondition',
      issues: [{ path: 'settings.requireSecondFactor' }],
    });
    const { person } = await withFactor();
    await ask(ctxOf(person));
    const lacks = async (one: SignedIn) => {
      const fresh = await again(one);
      return fresh.memberships.map((membership) => lacksSecondFactor(fresh, membership));
    };
    expect(await lacks(person)).toEqual([false]);
    expect(await lacks(without)).toEqual([true]);
  });
});

describe('a sensitive act', () => {
  it('wants a proof of the last half hour, which password or code renew', async () => {
    const { person, secret } = await withFactor();
    const makeKey = (one: SignedIn) =>
      createApiKey(ctxOf(one), { name: 'CRM', live: true, scopes: ['contacts.read'], expiresAt: null });
    expect((await makeKey(person)).key).toMatch(/^wb_live_/);
    const longAgo = () =>
      pool()`update user_sessions set proved_at = now() - interval '31 minutes' where id = ${person.sessionId}`;
    await longAgo();
    const late = await again(person);
    expect(() => authoriseRecent(ctxOf(late))).toThrow(/30 minutes/);
    await expect(makeKey(late)).rejects.toMatchObject({ code: 'unproven' });
    await expect(renewProof(late, { password: 'wrong', code: codeOf(secret), ip: null })).rejects.toMatchObject({
      code: 'invalid',
    });
    await renewProof(late, { password: PASSWORD, code: '', ip: null });
    expect((await makeKey(await again(person))).key).toMatch(/^wb_live_/);
    await longAgo();
    await pool()`update users set password_hash = null where id = 'usr_1'`;
    const byCode = await again(person);
    await expect(renewProof(byCode, { password: '', code: 'x', ip: null })).rejects.toMatchObject({ code: 'invalid' });
    await renewProof(byCode, { password: '', code: codeOf(secret), ip: null });
    expect((await makeKey(await again(person))).key).toMatch(/^wb_live_/);
  });
});
