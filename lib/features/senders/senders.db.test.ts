import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Capture, startCapture } from '@/lib/channels/capture/start-capture';
import { type Ctx, systemCtx } from '@/lib/context';
import { closePool, openPoolAt, pool, withSystemTx } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { archiveProviderAccount } from '@/lib/features/providers/archive-provider-account';
import { breakersDue, closeBreaker, halfOpen, openBreaker } from '@/lib/features/providers/breaker';
import { createProviderAccount } from '@/lib/features/providers/create-provider-account';
import { getProviderAccount, listProviderAccounts } from '@/lib/features/providers/list-provider-accounts';
import { loadChannelAccount } from '@/lib/features/providers/load-channel-account';
import { sendTestMessage } from '@/lib/features/providers/send-test-message';
import { updateProviderAccount } from '@/lib/features/providers/update-provider-account';
import { verifyProvider } from '@/lib/features/providers/verify-provider';
import { archiveSender } from '@/lib/features/senders/archive-sender';
import { listSenders } from '@/lib/features/senders/list-senders';
import { createSender, updateSender } from '@/lib/features/senders/save-sender';

let database: TestDatabase;
let dir = '';
let capture: Capture;
const as = (role: 'admin' | 'marketer', workspaceId = 'wsp_a'): Ctx => ({
  workspaceId,
  actor: { type: 'user', userId: 'usr_1', name: 'Mei', role },
});
const admin = as('admin');

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'waybill-senders-'));
  capture = await startCapture({ dir });
  database = await testDatabase();
  await openPoolAt(database.url);
  await pool()`insert into workspaces (id, name, slug) values ('wsp_a', 'A', 'a'), ('wsp_b', 'B', 'b')`;
});
afterAll(async () => {
  await closePool();
  await database.drop();
  await capture.close();
  rmSync(dir, { recursive: true, force: true });
});

const resend = (secrets: Record<string, string>) => ({ name: 'Resend', config: { kind: 'resend' as const }, secrets });
const emailConfig = () => ({ kind: 'capture_email' as const, host: '127.0.0.1', port: capture.smtpPort });

describe('a provider account', () => {
  it('never shows its secrets again, stores them sealed, and opens them for sending only', async () => {
    const { id } = await createProviderAccount(
      admin,
      resend({ apiKey: 're_very_secret', webhookSecret: 'whsec_YWJj' }),
    );
    const shown = JSON.stringify([await getProviderAccount(admin, id), await listProviderAccounts(admin)]);
    expect(shown).toContain('"secretsSet":["apiKey","webhookSecret"]');
    const stored = await pool()`select secrets::text as text from provider_accounts where id = ${id}`;
    const audit = await pool()`select data::text as text from audit_log where subject_id = ${id}`;
    expect(`${shown}${stored[0]?.text}${audit[0]?.text}`).not.toMatch(/very_secret|YWJj/);
    expect((await loadChannelAccount('wsp_a', id)).secrets).toEqual({
      apiKey: 're_very_secret',
      webhookSecret: 'whsec_YWJj',
    });
  });

  it('keeps the secrets that an update does not name, and refuses to lose one it needs', async () => {
    const { id } = await createProviderAccount(admin, resend({ apiKey: 'one', webhookSecret: 'two' }));
    await updateProviderAccount(admin, { id, name: 'Renamed', secrets: { webhookSecret: null } });
    expect((await loadChannelAccount('wsp_a', id)).secrets).toEqual({ apiKey: 'one' });
    await expect(updateProviderAccount(admin, { id, secrets: { apiKey: '' } })).rejects.toMatchObject({
      code: 'invalid',
    });
    await expect(updateProviderAccount(admin, { id, secrets: { password: 'x' } })).rejects.toMatchObject({
      code: 'invalid',
    });
    await expect(updateProviderAccount(admin, { id, config: emailConfig() })).rejects.toMatchObject({
      code: 'invalid',
    });
    await expect(createProviderAccount(admin, resend({}))).rejects.toMatchObject({
      issues: [{ path: 'secrets.apiKey' }],
    });
  });

  it('belongs to its workspace and to those who manage providers', async () => {
    const { id } = await createProviderAccount(admin, resend({ apiKey: 'k' }));
    await expect(getProviderAccount(as('admin', 'wsp_b'), id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(loadChannelAccount('wsp_b', id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(createProviderAccount(as('marketer'), resend({ apiKey: 'k' }))).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('cannot be archived while a sender uses it, and forgets its secrets when it is', async () => {
    const { id } = await createProviderAccount(admin, resend({ apiKey: 'k' }));
    const sender = await createSender(admin, {
      channel: 'email',
      name: 'Busy',
      address: 'a@a.example',
      providerAccountId: id,
    });
    await expect(archiveProviderAccount(admin, id)).rejects.toMatchObject({ code: 'precondition' });
    await archiveSender(admin, sender.id);
    await archiveProviderAccount(admin, id);
    const [row] = await pool()`select secrets from provider_accounts where id = ${id}`;
    expect(row?.secrets).toBeNull();
  });
});

describe('a breaker', () => {
  it('opens once for many reporters, lets one probe through, and closes', async () => {
    const { id: accountId } = await createProviderAccount(admin, resend({ apiKey: 'k' }));
    const account = { workspaceId: 'wsp_a', accountId };
    const opening = {
      ...account,
      class: 'provider' as const,
      reason: '503 for everybody',
      retryAt: new Date(Date.now() + 60_000),
    };
    const opened = await Promise.all([1, 2, 3].map(() => withSystemTx((tx) => openBreaker(tx, opening))));
    expect(opened.filter(({ changed }) => changed)).toHaveLength(1);
    expect((await withSystemTx((tx) => halfOpen(tx, account))).changed).toBe(false);
    await pool()`update provider_accounts set breaker_retry_at = now() where id = ${accountId}`;
    expect(await withSystemTx((tx) => breakersDue(tx))).toContainEqual(account);
    const probes = await Promise.all([1, 2].map(() => withSystemTx((tx) => halfOpen(tx, account))));
    expect(probes.filter(({ changed }) => changed)).toHaveLength(1);
    expect(await withSystemTx((tx) => openBreaker(tx, opening))).toMatchObject({ changed: true, failures: 2 });
    expect(await getProviderAccount(admin, accountId)).toMatchObject({
      breakerState: 'open',
      breakerReason: '503 for everybody',
    });
    expect(await withSystemTx((tx) => closeBreaker(tx, account))).toMatchObject({ changed: true, failures: 2 });
    expect((await withSystemTx((tx) => closeBreaker(tx, account))).changed).toBe(false);
    expect(await getProviderAccount(admin, accountId)).toMatchObject({ breakerState: 'closed', breakerRetryAt: null });
  });
});

describe('a sender', () => {
  it('needs a provider of its channel and a free name', async () => {
    const { id: providerAccountId } = await createProviderAccount(admin, { name: 'Inbox', config: emailConfig() });
    const sms = { channel: 'sms' as const, name: 'Texts', address: 'Acme', providerAccountId };
    await expect(createSender(admin, sms)).rejects.toMatchObject({
      code: 'invalid',
      issues: [{ path: 'providerAccountId' }],
    });
    const email = {
      channel: 'email' as const,
      name: 'News',
      address: 'News@Acme.example',
      fromName: 'Acme',
      providerAccountId,
    };
    const { id } = await createSender(admin, email);
    await expect(createSender(admin, email)).rejects.toMatchObject({ code: 'conflict' });
    await updateSender(admin, id, { ...email, name: 'Better news' });
    expect(await listSenders(admin)).toMatchObject([
      { id, name: 'Better news', address: 'news@acme.example', providerName: 'Inbox' },
    ]);
  });

  it('refuses an address or name that would smuggle a header', async () => {
    const [provider] = await listProviderAccounts(admin);
    const base = {
      channel: 'email' as const,
      name: 'X',
      address: 'a@b.example',
      providerAccountId: provider?.id ?? '',
    };
    for (const wrong of [
      { address: 'a@b.example\r\nBcc: c@d.example' },
      { fromName: 'Acme\nBcc: x@y.z' },
      { address: 'a@b, c@d' },
    ]) {
      await expect(createSender(admin, { ...base, ...wrong })).rejects.toMatchObject({ code: 'invalid' });
    }
  });

  it('sends one real message when asked to prove that it works', async () => {
    const baseUrl = `http://127.0.0.1:${capture.httpPort}`;
    const mail = await createProviderAccount(admin, { name: 'Mail', config: emailConfig() });
    const texts = await createProviderAccount(admin, { name: 'Texts', config: { kind: 'capture_sms', baseUrl } });
    expect(await verifyProvider(admin, mail.id)).toMatchObject({ ok: true });
    const email = await createSender(admin, {
      channel: 'email',
      name: 'Test',
      address: 'me@acme.example',
      providerAccountId: mail.id,
    });
    const sms = await createSender(admin, {
      channel: 'sms',
      name: 'Test',
      address: 'Acme',
      providerAccountId: texts.id,
    });
    expect(await sendTestMessage(admin, { senderId: email.id, to: 'mei@example.com' })).toMatchObject({
      outcome: 'accepted',
    });
    expect(await sendTestMessage(admin, { senderId: sms.id, to: '+6581234567' })).toMatchObject({
      outcome: 'accepted',
    });
    await expect(sendTestMessage(admin, { senderId: sms.id, to: '81234567' })).rejects.toMatchObject({
      code: 'invalid',
    });
    const { messages } = (await (await fetch(`${baseUrl}/inbox`)).json()) as {
      messages: { to: string; subject?: string }[];
    };
    expect(messages.map(({ to }) => to).sort()).toEqual(['+6581234567', 'mei@example.com']);
    const tested = await pool()`select 1 from audit_log where action = 'sender.tested'`;
    expect(tested).toHaveLength(2);
  });

  it('whose provider cannot be reached says so and nothing is thrown away', async () => {
    const { id } = await createProviderAccount(systemCtx('wsp_b', 'test'), {
      name: 'Down',
      config: { kind: 'capture_email', host: '127.0.0.1', port: 1 },
    });
    const result = await verifyProvider(systemCtx('wsp_b', 'test'), id);
    expect(result.ok).toBe(false);
    expect(result.text).not.toBe('');
  });
});
