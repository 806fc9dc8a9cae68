import { describe, expect, it, vi } from 'vitest';
import { completeSignIn } from '@/lib/auth/complete-sign-in';
import { lacksSecondFactor } from '@/lib/auth/current';
import { renewProof } from '@/lib/auth/renew-proof';
import { resetByOperator, resetSecondFactor } from '@/lib/auth/reset-second-factor';
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
import { renewRecoveryCodes, turnOffSecondFactor } from '@/lib/auth/turn-off-second-factor';
import { readSession, type SignedIn } from '@/lib/auth/user-session';
import { authoriseRecent, type Ctx } from '@/lib/context';
import { pool } from '@/lib/db/client';
import { createApiKey } from '@/lib/features/api-keys/create-api-key';
import { updateWorkspace } from '@/lib/features/workspaces/update-workspace';

vi.mock('@/lib/env', () => ({ env: () => settings }));
peopleForTests();

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
