import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ctx } from '@/lib/context';
import { closePool, openPoolAt, pool, withTx } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { hitBy } from '@/lib/domain/machine-hit';
import { bounced, opened } from '@/lib/domain/outcome-counts';
import { countOutcomes } from '@/lib/features/reports/count-outcomes';
import { dailyTotals } from '@/lib/features/reports/daily-totals';
import { linkMaps } from '@/lib/features/reports/link-map';
import { listRunClicks } from '@/lib/features/reports/list-run-clicks';
import { reportCsv } from '@/lib/features/reports/report-csv';
import { reportRuns } from '@/lib/features/reports/report-runs';
import { keepBreakdowns, runBreakdowns } from '@/lib/features/reports/run-breakdowns';
import { stepOutcomes } from '@/lib/features/reports/step-outcomes';
import { hitKind } from '@/lib/features/runs/hit-kind';
import { listRunRows } from '@/lib/features/runs/list-run-rows';
import {
  type DispatchFixture,
  dispatchFixture,
  draftOf,
  launchAndQueue,
} from '@/lib/features/testing/dispatch-fixture';
import { settleRows } from '@/lib/features/testing/settle-rows';
import { newId } from '@/lib/ids';

let database: TestDatabase;
let f: DispatchFixture;
let ctx: Ctx;
let runId: string;
let ids: string[];

const BROWSER = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/605 Version/17 Safari/605';

async function hit(delivery: number, kind: 'open' | 'click', agent: string | null, isAtOnce = false) {
  await pool()`insert into tracking_hits (workspace_id, delivery_id, kind, link, user_agent, at)
    select ${ctx.workspaceId}, d.id, ${kind}, ${kind === 'click' ? 0 : null}::int, ${agent},
           case when ${isAtOnce} then d.settled_at + interval '1 second' else now() end
    from deliveries d where d.id = ${ids[delivery] ?? ''}`;
  await pool()`update deliveries set opened_at = now() ${kind === 'click' ? pool()`, clicked_at = now()` : pool()``} where id = ${ids[delivery] ?? ''}`;
}

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
  f = await dispatchFixture(
    { smtpPort: 1, smsUrl: 'http://127.0.0.1:1' },
    10,
    (n) => `p${n}@${n < 4 ? 'bad' : 'good'}.example`,
  );
  ctx = { workspaceId: f.ctx.workspaceId, actor: { type: 'user', userId: 'u', name: 'Ada', role: 'viewer' } };
  runId = await launchAndQueue(f, draftOf(f, ['email']));
  ids = await settleRows(runId, 0, [
    ...Array.from({ length: 8 }, () => ({ state: 'accepted' as const, agoSeconds: 3600 })),
    { state: 'failed', cause: 'recipient:550 5.1.1' },
  ]);
  await hit(0, 'open', BROWSER);
  await hit(1, 'open', 'Mozilla/5.0');
  await hit(2, 'open', 'GoogleImageProxy');
  await hit(3, 'open', BROWSER, true);
  await hit(4, 'click', BROWSER);
  await hit(4, 'click', 'Barracuda Sentinel');
  await pool()`update deliveries set bounced_at = now(), bounce_type = 'hard' where id = ${ids[5] ?? ''}`;
  await pool()`update deliveries set delivered_at = now() where id = any(${ids.slice(0, 5)}::bigint[])`;
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

describe('the outcome of a run', () => {
  it('tells people from machines and from those nobody can tell, and adds up', async () => {
    const { later } = await countOutcomes(ctx, [runId]);
    expect(later).toBeNull();
    const [run] = await reportRuns(ctx, {});
    expect(run).toMatchObject({
      runId,
      audience: 10,
      sent: 8,
      emails: 8,
      failed: 1,
      accepted: 8,
      delivered: 5,
      openedByPeople: 2,
      openedByMachines: 2,
      openedUnknown: 1,
      clicked: 1,
    });
    expect(run && [opened(run), bounced(run)]).toEqual([5, 1]);
    expect(await stepOutcomes(ctx, runId)).toMatchObject([{ step: 0, kind: 'email', accepted: 8 }]);
  });
  it('is decided in the database as the service desk decides it', async () => {
    const agents = [
      BROWSER,
      'Mozilla/5.0',
      'GoogleImageProxy',
      'YahooMailProxy',
      'python-requests/2',
      'Twitterbot',
      '',
      null,
    ];
    const cases = agents.flatMap((agent) => [1, 4999, 5000, 60_000].map((ms) => ({ agent, ms })));
    const accepted = new Date('2026-05-03T10:04:00Z');
    const rows = await withTx(
      ctx,
      (tx) => tx.sql<{ kind: string }[]>`
        select ${hitKind(tx)} as kind
        from (select ${accepted}::timestamptz as settled_at) d,
          unnest(${cases.map(({ agent }) => agent)}::text[], ${cases.map(({ ms }) => ms)}::int[]) with ordinality u(user_agent, ms, n),
          lateral (select u.user_agent, d.settled_at + u.ms * interval '1 ms' as at) h order by u.n`,
    );
    const expected = cases.map(({ agent, ms }) =>
      hitBy({ userAgent: agent, at: new Date(accepted.getTime() + ms) }, accepted),
    );
    expect(rows.map(({ kind }) => kind)).toEqual(expected);
  });
  it('is kept while it is fresh, and counted again when it is old', async () => {
    await countOutcomes(ctx, [runId]);
    await pool()`update deliveries set unsubscribed_at = now() where id = ${ids[0] ?? ''}`;
    await countOutcomes(ctx, [runId]);
    expect((await reportRuns(ctx, {}))[0]?.unsubscribed).toBe(0);
    await pool()`update run_outcomes set counted_at = now() - interval '2 hours' where run_id = ${runId}`;
    const { later } = await countOutcomes(ctx, [runId]);
    await later?.();
    expect((await reportRuns(ctx, {}))[0]?.unsubscribed).toBe(1);
  });
  it('of a small run is that of this moment where it is asked for', async () => {
    await countOutcomes(ctx, [runId]);
    await pool()`update deliveries set complained_at = now() where id = ${ids[1] ?? ''}`;
    const before = (await reportRuns(ctx, {}))[0]?.complained ?? 0;
    expect(await countOutcomes(ctx, [runId], { fresh: true })).toEqual({ later: null });
    expect((await reportRuns(ctx, {}))[0]?.complained).toBe(before + 1);
  });
  it('is of no other workspace', async () => {
    const other = { ...ctx, workspaceId: newId('workspace') };
    expect(await countOutcomes(other, [runId])).toEqual({ later: null });
    expect(await reportRuns(other, { runIds: [runId] })).toEqual([]);
    const nothing = { links: [], domains: [], engagement: { bucketSeconds: 60, at: [], opened: [], clicked: [] } };
    expect(await runBreakdowns(other, runId)).toEqual(nothing);
  });
});

async function breakdowns() {
  const found = await runBreakdowns(ctx, runId);
  if (!found) throw new Error('not counted');
  return found;
}

/** Rows behind a number of the report, over all pages. */
async function people(of: Partial<Parameters<typeof listRunRows>[1]>): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listRunRows(ctx, { runId, step: 0, limit: 2, ...of, cursor });
    found.push(...page.items.map(({ contactId }) => contactId));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(new Set(found).size).toBe(found.length);
  return found;
}

describe('the parts of a report', () => {
  it('list the links of the message that was sent, with who clicked', async () => {
    const [link] = (await breakdowns()).links;
    expect(link).toMatchObject({ label: 'Look', people: 1, clicks: 2, clicksByPeople: 1 });
    expect(link?.url).toBe('https://example.com/look?c={{ external_id }}');
  });
  it('mark every link of the rendered message with who clicked, and lead nowhere', async () => {
    const [map] = await linkMaps(ctx, runId, (await breakdowns()).links, 8);
    expect(map?.html).toContain('1 · 12.5%');
    expect(map?.html).toContain('plan');
    expect(map?.html).not.toContain('example.com/look');
  });
  it('name the domains where mail did not arrive', async () => {
    const { domains } = await breakdowns();
    expect(domains.reduce((sum, { sent, failed }) => sum + sent + failed, 0)).toBe(9);
    expect(domains.reduce((sum, each) => sum + each.bounced, 0)).toBe(1);
  });
  it('have as many clicks behind the number of clicks, and of those by machines, page by page', async () => {
    const { links } = await breakdowns();
    const rows = async (of: Omit<Parameters<typeof listRunClicks>[1], 'runId'>) => {
      const ids: string[] = [];
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page = await listRunClicks(ctx, { runId, ...of, limit: 1, ...(cursor && { cursor }) });
        ids.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      return ids;
    };
    expect(links.some(({ clicks, clicksByPeople }) => clicks > clicksByPeople)).toBe(true);
    for (const { step, link, clicks, clicksByPeople } of links) {
      expect(new Set(await rows({ step, link })).size).toBe(clicks);
      expect(await rows({ step, link, by: 'machines' })).toHaveLength(clicks - clicksByPeople);
      expect(await rows({ step, link, by: 'others' })).toHaveLength(clicksByPeople);
    }
    expect(await rows({})).toHaveLength(links.reduce((sum, { clicks }) => sum + clicks, 0));
    const elsewhere: Ctx = { ...ctx, workspaceId: newId('workspace') };
    expect((await listRunClicks(elsewhere, { runId })).items).toEqual([]);
  });
  it('have as many people behind each number of a domain and of a link', async () => {
    const { domains, links } = await breakdowns();
    expect(domains.map(({ domain }) => domain).sort()).toEqual(['bad.example', 'good.example']);
    for (const { step, domain, sent, failed, bounced: back, opened: opens } of domains) {
      expect(await people({ step, domain, state: 'accepted' })).toHaveLength(sent);
      expect(await people({ step, domain, state: 'failed' })).toHaveLength(failed);
      expect(await people({ step, domain, fact: 'bounced' })).toHaveLength(back);
      expect(await people({ step, domain, fact: 'opened' })).toHaveLength(opens);
    }
    for (const { step, link, people: clicked } of links) expect(await people({ step, link })).toHaveLength(clicked);
    expect(await people({ domain: 'nowhere.example' })).toEqual([]);
    const [run] = await reportRuns(ctx, { runIds: [runId] });
    expect(await people({ openedBy: 'people' })).toHaveLength(run?.openedByPeople ?? 0);
    expect(await people({ openedBy: 'machines' })).toHaveLength(run?.openedByMachines ?? 0);
    expect(await people({ openedBy: 'unknown' })).toHaveLength(run?.openedUnknown ?? 0);
  });
  it('are kept with the outcomes of a large run, and counted for it once it is asked for without them', async () => {
    const now = await breakdowns();
    await pool()`update runs set audience_count = 20001 where id = ${runId}`;
    try {
      expect(await runBreakdowns(ctx, runId)).toBeNull();
      expect(await runBreakdowns(ctx, runId, { orCount: true })).toEqual(now);
      const { later } = await countOutcomes(ctx, [runId]);
      await later?.();
      expect(await runBreakdowns(ctx, runId)).toEqual(now);
      await pool()`update deliveries set bounced_at = now() where id = ${ids[6] ?? ''}`;
      expect(await runBreakdowns(ctx, runId)).toEqual(now);
      await withTx(ctx, (tx) => keepBreakdowns(tx, ctx.workspaceId, runId));
      expect((await breakdowns()).domains.reduce((sum, each) => sum + each.bounced, 0)).toBe(2);
    } finally {
      await pool()`update runs set audience_count = 10 where id = ${runId}`;
    }
  });
  it('have one point per day of the workspace’s calendar', async () => {
    const daily = await dailyTotals(ctx, 7);
    expect(daily.at).toHaveLength(7);
    expect(daily.accepted.reduce((sum, n) => sum + n, 0)).toBe(8);
    expect(daily.failed.reduce((sum, n) => sum + n, 0)).toBe(1);
  });
  it('show first opens and clicks where they came', async () => {
    const { opened: opens, clicked } = (await breakdowns()).engagement;
    expect([opens, clicked].map((series) => series.reduce((sum, n) => sum + n, 0))).toEqual([5, 1]);
  });
  it('go into a CSV with the very same numbers and no personal data', async () => {
    const { lines } = await reportCsv(ctx, { days: 30 });
    let text = '';
    for await (const line of lines) text += line;
    const [header = '', row = ''] = text.split('\r\n');
    const value = (name: string) => row.split(',')[header.split(',').indexOf(name)];
    expect([value('accepted'), value('opened'), value('opened_by_people'), value('bounced')]).toEqual([
      '8',
      '5',
      '2',
      '1',
    ]);
    expect(text).not.toContain('@');
  });
});
