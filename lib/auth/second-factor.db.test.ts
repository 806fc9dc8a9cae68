import { describe, expect, it, vi } from 'vitest';
import { changePassword } from '@/lib/auth/change-password';
import { awaitedCode, completeSignIn } from '@/lib/auth/complete-sign-in';
import { listSessions } from '@/lib/auth/list-sessions';
import {
  again,
  auditOf,
  codeOf,
  ctxOf,
  ORIGIN,
  PASSWORD,
  peopleForTests,
  settings,
  signedIn,
  start,
  withFactor,
} from '@/lib/auth/testing';
import { countRecoveryCodes } from '@/lib/auth/turn-off-second-factor';
import { offerSecondFactor, turnOnSecondFactor } from '@/lib/auth/turn-on-second-factor';
import { readSession } from '@/lib/auth/user-session';
import { pool } from '@/lib/db/client';
import { rotateSecrets } from '@/lib/features/secrets/rotate-secrets';

vi.mock('@/lib/env', () => ({ env: () => settings }));
peopleForTests();

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
