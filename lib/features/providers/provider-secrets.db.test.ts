import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import type { ProviderConfigInput } from '@/lib/domain/provider';
import { listAudit } from '@/lib/features/history/list-audit';
import { createOutputConnection } from '@/lib/features/outputs/create-output-connection';
import { createProviderAccount } from '@/lib/features/providers/create-provider-account';
import { listProviderAccounts } from '@/lib/features/providers/list-provider-accounts';
import { sendTestMessage } from '@/lib/features/providers/send-test-message';
import { updateProviderAccount } from '@/lib/features/providers/update-provider-account';
import { verifyProvider } from '@/lib/features/providers/verify-provider';
import { createSender } from '@/lib/features/senders/save-sender';
import { dispatchFixture } from '@/lib/features/testing/dispatch-fixture';

const CANARY = 'kanarienvogel-7f3a9c';
let database: TestDatabase;
let refusing: Server;
let port: number;

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
  refusing = createServer((_, res) =>
    res.writeHead(401, { 'content-type': 'application/json' }).end('{"message":"No"}'),
  );
  await new Promise<void>((resolve) => refusing.listen(0, '127.0.0.1', resolve));
  const address = refusing.address();
  port = typeof address === 'object' && address ? address.port : 0;
});
afterAll(async () => {
  await new Promise((resolve) => refusing.close(resolve));
  await closePool();
  await database.drop();
});

/** Tables in which a text stands in any row, as PostgreSQL writes rows. */
async function tablesWith(text: string): Promise<string[]> {
  const sql = pool();
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`;
  const found: string[] = [];
  for (const { name } of tables) {
    const [row] = await sql`select 1 from ${sql(name)} t where position(${text} in t::text) > 0 limit 1`;
    if (row) found.push(name);
  }
  return found;
}

it('what is secret of a provider or a connection is nowhere to be read: no table, no log, no list, no audit entry', async () => {
  const printed: string[] = [];
  const spies = (['log', 'info', 'warn', 'error', 'debug'] as const).map((level) =>
    vi.spyOn(console, level).mockImplementation((...said) => void printed.push(said.map(String).join(' '))),
  );
  const { ctx: member } = await dispatchFixture({ smtpPort: 1, smsUrl: 'http://127.0.0.1:1' }, 1);
  const ctx = {
    workspaceId: member.workspaceId,
    actor: { type: 'user' as const, userId: 'usr_1', name: 'Ada', role: 'owner' as const },
  };
  const baseUrl = `http://127.0.0.1:${port}`;
  const kinds: [ProviderConfigInput, Record<string, string>][] = [
    [{ kind: 'smtp', host: '127.0.0.1', port: 1, security: 'none', user: 'u' }, { password: CANARY }],
    [
      { kind: 'resend', baseUrl, timeoutMs: 1000 },
      { apiKey: CANARY, webhookSecret: `whsec_${CANARY}` },
    ],
    [
      { kind: 'twilio', baseUrl, accountSid: 'AC1', timeoutMs: 1000 },
      { secret: CANARY, authToken: CANARY },
    ],
    [{ kind: 'smpp', host: '127.0.0.1', port: 1, systemId: 's', responseTimeoutMs: 1000 }, { password: CANARY }],
  ];
  for (const [config, secrets] of kinds) {
    const { id } = await createProviderAccount(ctx, { name: config.kind, config, secrets });
    expect((await verifyProvider(ctx, id)).ok, config.kind).toBe(false);
    await updateProviderAccount(ctx, { id, secrets: { ...secrets } });
    const channel = config.kind === 'smtp' || config.kind === 'resend' ? 'email' : 'sms';
    const sender = { name: config.kind, providerAccountId: id };
    const { id: senderId } = await createSender(
      ctx,
      channel === 'email'
        ? { channel, ...sender, address: 'a@example.com' }
        : { channel, ...sender, address: '+6581110000' },
    );
    const report = await sendTestMessage(ctx, { senderId, to: channel === 'email' ? 'b@example.com' : '+6581110001' });
    expect(report.outcome, config.kind).not.toBe('accepted');
    expect(JSON.stringify(report)).not.toContain(CANARY);
  }
  await createOutputConnection(ctx, {
    name: 'Warehouse',
    config: { kind: 'postgres', host: '127.0.0.1', port: 1, database: 'd', user: 'u', tls: 'off' },
    secret: CANARY,
  });
  expect(await tablesWith(CANARY)).toEqual([]);
  expect(JSON.stringify([await listProviderAccounts(ctx), await listAudit(ctx, {})])).not.toContain(CANARY);
  expect(printed.join('\n')).not.toContain(CANARY);
  for (const spy of spies) spy.mockRestore();
});
