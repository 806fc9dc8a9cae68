import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ctx } from '@/lib/context';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import type { CampaignDraftInput } from '@/lib/domain/campaign';
import type { Role } from '@/lib/domain/role';
import { AppError } from '@/lib/errors';
import { createCampaign } from '@/lib/features/campaigns/create-campaign';
import { launchCampaign } from '@/lib/features/campaigns/launch-campaign';
import { createProviderAccount } from '@/lib/features/providers/create-provider-account';
import {
  closeTestChannels,
  type DispatchFixture,
  dispatchFixture,
  draftOf,
  launchAndQueue,
  sendAll,
} from '@/lib/features/testing/dispatch-fixture';

const PEOPLE = 5;
let database: TestDatabase;
let f: DispatchFixture;
let refusing: Server;

const as = (name: string, role: Role = 'marketer'): Ctx => ({
  workspaceId: f.ctx.workspaceId,
  actor: { type: 'user', userId: `usr_${name}`, name, role },
});

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
  refusing = createServer((_, answer) => {
    answer.writeHead(401, { 'content-type': 'application/json' });
    answer.end(JSON.stringify({ statusCode: 401, name: 'validation_error', message: 'API key is invalid' }));
  });
  await new Promise<void>((resolve) => refusing.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  refusing.close();
  await closeTestChannels();
  await closePool();
  await database.drop();
});
beforeEach(async () => {
  f = await dispatchFixture({ smtpPort: 1, smsUrl: 'http://127.0.0.1:1' }, PEOPLE);
});

async function launchOf(draft: CampaignDraftInput, ctx = as('Mei')): Promise<AppError | { runId: string }> {
  const { id } = await createCampaign(as('Mei'), { name: 'Launch', draft });
  return await launchCampaign(ctx, { campaignId: id }).catch((error: unknown) => {
    if (error instanceof AppError) return error;
    throw error;
  });
}

async function expectNothingHappened(): Promise<void> {
  const counts = await pool()`
    select (select count(*)::int from runs where workspace_id = ${f.ctx.workspaceId}) as runs,
      (select count(*)::int from campaign_versions where workspace_id = ${f.ctx.workspaceId}) as versions`;
  expect(counts).toEqual([{ runs: 0, versions: 0 }]);
}

describe('a launch that cannot be', () => {
  it.each<[string, (draft: CampaignDraftInput) => CampaignDraftInput, RegExp]>([
    ['has no audience', (draft) => ({ ...draft, audience: { include: [], exclude: [] } }), /audience|list or segment/i],
    ['has no steps', (draft) => ({ ...draft, flow: [] }), /step/i],
    [
      'has no sender',
      (draft) => ({ ...draft, flow: draft.flow?.map((step) => ({ ...step, senderId: '' })) }),
      /sender/i,
    ],
  ])('because it %s is refused in words, and nothing is kept of it', async (_, spoil, words) => {
    const refusal = await launchOf(spoil(draftOf(f, ['email'])));
    expect(refusal).toMatchObject({ code: 'precondition', message: expect.stringMatching(/^Nothing was launched\. /) });
    expect(refusal).toMatchObject({ message: expect.stringMatching(words) });
    await expectNothingHappened();
  });

  it('because its template has an unknown tag names the tag', async () => {
    await pool()`
      update templates set content = jsonb_build_object('text', 'Hi {{ nick_name }}') where id = ${f.smsTemplateId}`;
    expect(await launchOf(draftOf(f, ['sms']))).toMatchObject({
      code: 'precondition',
      message: expect.stringContaining('nick_name'),
    });
    await expectNothingHappened();
  });

  it('because a viewer asks for it says who may', async () => {
    expect(await launchOf(draftOf(f, ['email']), as('Vi', 'viewer'))).toMatchObject({
      code: 'forbidden',
      message: expect.stringMatching(/^[A-Z].+\.$/),
    });
    await expectNothingHappened();
  });

  it('because it was launched already is the same run', async () => {
    const { id } = await createCampaign(as('Mei'), { name: 'Launch', draft: draftOf(f, ['email']) });
    const twice = [launchCampaign(as('Mei'), { campaignId: id }), launchCampaign(as('Tom'), { campaignId: id })];
    const [first, second] = await Promise.all(twice);
    expect(first?.runId).toBe(second?.runId);
    const runs = await pool()`select id from runs where workspace_id = ${f.ctx.workspaceId}`;
    expect(runs).toEqual([{ id: first?.runId }]);
  });
});

describe('a provider that refuses our credentials', () => {
  it('holds everybody back in words, and loses and fails nobody', async () => {
    const { port } = refusing.address() as AddressInfo;
    const config = { kind: 'resend' as const, baseUrl: `http://127.0.0.1:${port}` };
    const { id } = await createProviderAccount(f.ctx, { name: 'Resend', config, secrets: { apiKey: 're_wrong' } });
    await pool()`update senders set provider_account_id = ${id} where id = ${f.emailSenderId}`;
    const runId = await launchAndQueue(f, draftOf(f, ['email']));
    await sendAll(f, runId);
    const [account] =
      await pool()`select breaker_state as state, breaker_reason as reason from provider_accounts where id = ${id}`;
    expect(account).toMatchObject({ state: 'open', reason: expect.stringContaining('API key is invalid') });
    const rows = await pool()`select state, count(*)::int as n from deliveries where run_id = ${runId} group by state`;
    expect(rows).toEqual([{ state: 'queued', n: PEOPLE }]);
  });
});
