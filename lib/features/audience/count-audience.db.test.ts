import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { countAudience } from '@/lib/features/audience/count-audience';
import { freezeAudienceChunk } from '@/lib/features/audience/freeze-audience';
import { createCampaign } from '@/lib/features/campaigns/create-campaign';
import { launchCampaign } from '@/lib/features/campaigns/launch-campaign';
import { loadRun } from '@/lib/features/runs/load-run';
import { createSegment } from '@/lib/features/segments/create-segment';
import {
  type DispatchFixture,
  dispatchFixture,
  draftOf,
  launchAndQueue,
} from '@/lib/features/testing/dispatch-fixture';
import { newId } from '@/lib/ids';

let database: TestDatabase;
let f: DispatchFixture;

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
  // c3 and c4 write the same address
  f = await dispatchFixture(
    { smtpPort: 1, smsUrl: 'http://127.0.0.1:1' },
    400,
    (n) => `c${n === 4 ? 3 : n}@example.com`,
  );
  const ws = f.ctx.workspaceId;
  const set = (n: number, change: string) =>
    pool().unsafe(`update contacts set ${change} where workspace_id = $1 and external_id = $2`, [ws, `X${n}`]);
  await set(5, 'email = null');
  await set(6, 'email_opted_out_at = now()');
  await set(7, 'do_not_market = true');
  await set(8, "email_consent = 'revoked'");
  await set(9, 'hard_bounces = 3');
  await pool()`insert into suppressions (id, workspace_id, channel, address, address_hash, reason, source)
    values (${newId('suppression')}, ${ws}, 'email', 'c10@example.com', 'h', 'complaint', 'test')`;
  await pool()`update subscriptions set status = 'unsubscribed' where workspace_id = ${ws}
    and contact_id = (select id from contacts where workspace_id = ${ws} and external_id = 'X11')`;
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

describe('the count of an audience', () => {
  it('is the audience that a launch freezes, reason by reason, and writes nothing', async () => {
    const draft = draftOf(f, ['email', 'record'], {
      audience: { include: [{ kind: 'list', id: f.listId }], holdoutPercent: 10 },
    });
    const runId = await launchAndQueue(f, draft);
    const [run] = await pool()<{ campaignId: string; total: number; audience: number }[]>`
      select campaign_id as "campaignId", list_total as total, audience_count as audience from runs where id = ${runId}`;
    const campaignId = run?.campaignId ?? '';
    const counted = await countAudience(f.ctx, { audience: draft.audience, flow: draft.flow, campaignId });
    const frozen = await pool()<{ reason: string; n: number }[]>`
      select reason, n from run_exclusions where run_id = ${runId}`;
    const byReason = (rows: readonly { reason: string; n: number }[]) =>
      Object.fromEntries(rows.map(({ reason, n }) => [reason, n]));
    expect(byReason(counted.excluded)).toEqual(byReason([...frozen]));
    expect(counted).toMatchObject({ listTotal: run?.total, audience: run?.audience });
    expect(counted.listTotal).toBe(counted.audience + counted.excluded.reduce((sum, { n }) => sum + n, 0));
    expect(byReason(counted.excluded)).toMatchObject({ no_address: 1, suppressed_complaint: 1 });
    // whether the second of two with one address is held back instead is the dice's choice, so nobody is here
    const everybody = await countAudience(f.ctx, {
      audience: { ...draft.audience, holdoutPercent: 0 },
      flow: draft.flow,
    });
    expect(byReason(everybody.excluded)).toMatchObject({
      duplicate_address: 1,
      no_address: 1,
      suppressed_complaint: 1,
    });
    expect(await pool()`select 1 from runs`).toHaveLength(1);
  });

  it.each(['list', 'everyone'] as const)('freezes the same people in small chunks as at once: %s', async (kind) => {
    const [excluded] = await pool()<{ id: string }[]>`
      insert into lists (id, workspace_id, name) values (${newId('list')}, ${f.ctx.workspaceId}, ${kind}) returning id`;
    const out = excluded?.id ?? '';
    await pool()`
      insert into subscriptions (workspace_id, list_id, contact_id, status, source)
      select ${f.ctx.workspaceId}, ${out}, id, 'subscribed', 'test' from contacts
      where workspace_id = ${f.ctx.workspaceId} and external_id like '%2'`;
    const source = kind === 'list' ? { kind, id: f.listId } : { kind };
    const draft = draftOf(f, ['email'], {
      audience: { include: [source], exclude: [{ kind: 'list', id: out }] },
      policy: { waveSize: 30 },
    });
    const frozen = async (size?: number, lanes?: number) => {
      const campaign = await createCampaign(f.ctx, { name: `${kind} by ${size} on ${lanes}`, draft });
      const { runId } = await launchCampaign(f.ctx, { campaignId: campaign.id });
      while (!(await freezeAudienceChunk(f.ctx, await loadRun(f.ctx, runId), { size, lanes })).done);
      return await pool()`
        select contact_id, wave, exclusion, email, snapshot from run_members where run_id = ${runId} order by contact_id`;
    };
    const [atOnce, inSevens, inTwenties] = [await frozen(), await frozen(7, 1), await frozen(20, 3)];
    expect(atOnce).toHaveLength(400);
    expect(atOnce.filter((row) => row.exclusion === 'exclude_list')).toHaveLength(40);
    expect(inSevens).toEqual(atOnce);
    expect(inTwenties).toEqual(atOnce);
  });

  it('keeps back about the share that was asked for', async () => {
    const audience = { include: [{ kind: 'everyone' as const }], holdoutPercent: 10 };
    const { excluded } = await countAudience(f.ctx, { audience });
    const kept = excluded.find(({ reason }) => reason === 'holdout')?.n ?? 0;
    expect(kept / 400).toBeGreaterThan(0.05);
    expect(kept / 400).toBeLessThan(0.16);
  });

  it('asks for an address only of whom the first message must reach', async () => {
    const audience = { include: [{ kind: 'list' as const, id: f.listId }] };
    const none = await countAudience(f.ctx, { audience, flow: [{ kind: 'record' }] });
    expect(none).toEqual({ listTotal: 400, audience: 399, excluded: [{ reason: 'do_not_market', n: 1 }] });
    const sms = await countAudience(f.ctx, { audience, flow: [{ kind: 'sms', continueWhen: 'accepted' }] });
    expect(sms.excluded.map(({ reason }) => reason)).toEqual(['do_not_market', 'unsubscribed_from_list']);
  });

  it('is nobody without a source, and refuses a segment that is gone', async () => {
    expect(await countAudience(f.ctx, { audience: {} })).toEqual({ listTotal: 0, excluded: [], audience: 0 });
    const gone = countAudience(f.ctx, { audience: { include: [{ kind: 'segment', id: newId('segment') }] } });
    await expect(gone).rejects.toMatchObject({ code: 'precondition' });
  });

  it.each([
    // these two never have the same date
    ['Pacific/Kiritimati', 1],
    ['Etc/GMT+12', 0],
  ])('means the days of the workspace, counted and frozen alike: %s', async (timeZone, people) => {
    const { ctx, ...rest } = await dispatchFixture({ smtpPort: 1, smsUrl: 'http://127.0.0.1:1' }, 1);
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Pacific/Kiritimati' }).format(new Date());
    await pool()`update workspaces set time_zone = ${timeZone} where id = ${ctx.workspaceId}`;
    await pool()`update contacts set attributes = ${JSON.stringify({ contract_end: today })}::jsonb where workspace_id = ${ctx.workspaceId}`;
    const { id } = await createSegment(ctx, {
      name: 'Ends about now',
      rule: {
        kind: 'group',
        match: 'all',
        rules: [{ kind: 'attribute', key: 'contract_end', test: { type: 'date', op: 'in_last_days', days: 1 } }],
      },
    });
    const audience = { include: [{ kind: 'segment' as const, id }] };
    expect((await countAudience(ctx, { audience })).listTotal).toBe(people);
    const other = { ctx, ...rest };
    const runId = await launchAndQueue(other, draftOf(other, ['email'], { audience }));
    expect(await pool()`select list_total as total from runs where id = ${runId}`).toEqual([{ total: people }]);
  });

  it('sees its own workspace only', async () => {
    const other = await dispatchFixture({ smtpPort: 1, smsUrl: 'http://127.0.0.1:1' }, 3);
    const everyone = { audience: { include: [{ kind: 'everyone' as const }] } };
    expect((await countAudience(other.ctx, everyone)).audience).toBe(3);
    const foreign = await countAudience(other.ctx, { audience: { include: [{ kind: 'list', id: f.listId }] } });
    expect(foreign.listTotal).toBe(0);
  });
});
