import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFaultyBench } from '@/lib/channels/testing/faulty-provider';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { addFailingProvider } from '@/lib/features/providers/add-failing-provider';
import { verifyProvider } from '@/lib/features/providers/verify-provider';
import { dispatchFixture } from '@/lib/features/testing/dispatch-fixture';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
});

afterAll(async () => {
  await closePool();
  await database.drop();
});

describe('the provider that fails on purpose', () => {
  it('is added in every language it speaks, as a sandbox, and each of them answers', async () => {
    const bench = await openFaultyBench({ smppPort: 0 });
    try {
      const { ctx } = await dispatchFixture({ smtpPort: 1, smsUrl: bench.baseUrl }, 1);
      const { added } = await addFailingProvider(ctx, { baseUrl: `${bench.baseUrl}/` });
      const kinds =
        await pool()`select kind, sandbox from provider_accounts where id = any(${added}::text[]) order by kind`;
      expect([...kinds]).toEqual(['resend', 'smpp', 'smtp', 'twilio'].map((kind) => ({ kind, sandbox: true })));
      for (const id of added) expect(await verifyProvider(ctx, id)).toMatchObject({ ok: true });
    } finally {
      await bench.close();
    }
  });

  it('is not added where it does not run', async () => {
    const { ctx } = await dispatchFixture({ smtpPort: 1, smsUrl: 'http://127.0.0.1:1' }, 1);
    await expect(addFailingProvider(ctx, { baseUrl: 'http://127.0.0.1:1' })).rejects.toMatchObject({
      code: 'precondition',
      message: expect.stringContaining('Nothing was added'),
    });
  });
});
