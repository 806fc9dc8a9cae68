import { gzipSync } from 'node:zlib';
import { type Browser, type BrowserContext, chromium } from '@playwright/test';
import { LIST_PAGES } from '@/e2e/list-pages';
import { launchLink } from '@/lib/auth/launch-link';
import type { Ctx } from '@/lib/context';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { runProgress } from '@/lib/features/runs/run-progress';
import { dispatchFixture } from '@/lib/features/testing/dispatch-fixture';
import { fillLargeWorkspace } from '@/lib/features/testing/large-workspace';
import { findChromium } from '../chromium';
import { startWebProduct, type WebProduct } from '../load/web-product';
import type { Bench, BenchWorld, Measurement } from './contract';
import { median } from './statistics';

const CONTACTS = 1_000_000;
const ASKED = 7;
const HOUR_MS = 3_600_000;
const END_OF_ROWS = '</tbody>';

interface Large {
  ctx: Ctx;
  runId: string;
  campaignId: string;
  listId: string;
  contactId: string;
}

async function fill(contacts: number): Promise<Large> {
  const f = await dispatchFixture({ smtpPort: 1, smsUrl: 'http://127.0.0.1:1' }, 1);
  const sql = pool();
  const { workspaceId } = f.ctx;
  await sql`update workspaces set demo = true, settings = settings || '{"defaultCountry":"SG"}' where id = ${workspaceId}`;
  await sql`insert into users (id, email, name, email_verified_at) values ('usr_bench', 'bench@example.com', 'Bench', now())`;
  await sql`insert into members (workspace_id, user_id, role) values (${workspaceId}, 'usr_bench', 'owner')`;
  const { runId } = await fillLargeWorkspace(f, contacts);
  const actor = { type: 'user' as const, userId: 'usr_bench', name: 'Bench', role: 'owner' as const };
  const [of] = await sql<{ campaignId: string; contactId: string }[]>`
    select campaign_id as "campaignId", (select id from contacts where workspace_id = ${workspaceId} and external_id = 'C4711') as "contactId"
    from runs where id = ${runId}`;
  if (!of) throw new Error('The large workspace has no run.');
  return { ctx: { workspaceId, actor }, runId, listId: f.listId, ...of };
}

/** Lists as they open, and as people search, sort, filter and page them; then what their pages ask for. */
function addressesOf({ runId, campaignId, listId, contactId }: Large): string[] {
  return [
    ...LIST_PAGES,
    'overview',
    'contacts?q=mei4711',
    'contacts?q=Tan',
    'contacts?sort=email&direction=asc',
    'contacts?sort=external_id',
    'contacts?consent=email_granted',
    `contacts?list=${listId}`,
    `contacts?list=${listId}&q=Mei&sort=email`,
    `lists/${listId}`,
    `lists/${listId}?status=unsubscribed&sort=email&direction=asc`,
    `lists/${listId}?q=Tan`,
    'suppressions?q=gone4711',
    'suppressions?reason=bounce&channel=email',
    'runs?sort=audience',
    'runs?q=week&filter=with_issues',
    'reports?days=365',
    'outputs/sent',
    'outputs/sent?run=run_0000000000000007',
    'settings/audit?kind=run',
    'settings/audit?actor=usr_bench',
    'segments/seg_bench1/contacts',
    `contacts/${contactId}`,
    'service?q=mei4711',
    `service/contacts/${contactId}`,
    `campaigns/${campaignId}`,
    `campaigns/${campaignId}/preflight`,
    `runs/${runId}`,
    `runs/${runId}/deliveries?step=0`,
    `runs/${runId}/deliveries?step=0&state=failed`,
    `runs/${runId}/excluded`,
    `reports/runs/${runId}`,
    `api/v1/runs/${runId}/progress`,
    `api/v1/runs/${runId}/details`,
    'api/v1/runs',
    'api/v1/contacts?search=Mei&limit=10',
    'api/v1/segments/seg_bench1/count',
  ];
}

async function signedIn(browser: Browser, { appUrl }: WebProduct, secret: string): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: appUrl });
  const page = await context.newPage();
  await page.goto(launchLink('demo', appUrl, secret, Date.now() + HOUR_MS));
  await page.waitForURL(/overview/);
  await page.close();
  return context;
}

interface Times {
  rows: number[];
  whole: number[];
}

/** From the question to the rows, and to the last byte of the answer: counts that a page streams after its rows included. */
async function timesOf(context: BrowserContext, { appUrl }: WebProduct, path: string): Promise<Times> {
  const cookie = (await context.cookies(appUrl)).map(({ name, value }) => `${name}=${value}`).join('; ');
  const times: Times = { rows: [], whole: [] };
  for (let n = 0; n <= ASKED; n++) {
    const startedMs = performance.now();
    const answer = await fetch(`${appUrl}/${path}`, { headers: { cookie }, redirect: 'error' });
    if (!answer.ok || !answer.body) throw new Error(`/${path} answered ${answer.status}`);
    let rowsMs: number | undefined;
    let end = '';
    for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
      if (rowsMs === undefined && (end + chunk).includes(END_OF_ROWS)) rowsMs = performance.now() - startedMs;
      end = chunk.slice(-END_OF_ROWS.length);
    }
    const wholeMs = performance.now() - startedMs;
    // the first one warms up
    if (n === 0) continue;
    times.whole.push(wholeMs);
    times.rows.push(rowsMs ?? wholeMs);
  }
  return times;
}

/** Script loaded until the page rests, gzipped, and its largest contentful paint, from an empty cache. */
async function seenAs(context: BrowserContext, path: string): Promise<{ kB: number; lcpMs: number }> {
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Network.setCacheDisabled', { cacheDisabled: true });
  const scripts: Promise<number>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script')
      scripts.push(response.body().then((body) => gzipSync(body).length));
  });
  await page.goto(`/${path}`, { waitUntil: 'networkidle' });
  const lcpMs = await page.evaluate(
    () =>
      new Promise<number>((resolve) =>
        new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? Number.NaN)).observe({
          type: 'largest-contentful-paint',
          buffered: true,
        }),
      ),
  );
  const bytes = (await Promise.all(scripts)).reduce((sum, one) => sum + one, 0);
  await page.close();
  return { kB: bytes / 1000, lcpMs };
}

async function progressMs({ ctx, runId }: Large): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < 60; n++) {
    const startedMs = performance.now();
    await runProgress(ctx, runId);
    if (n >= 20) times.push(performance.now() - startedMs);
  }
  return median(times);
}

async function measure({ env, scale, newDatabase, say }: BenchWorld): Promise<Measurement[]> {
  const databaseUrl = await newDatabase();
  await openPoolAt(databaseUrl, 4);
  let web: WebProduct | undefined;
  let browser: Browser | undefined;
  try {
    const large = await fill(Math.round(CONTACTS * scale));
    const found: Measurement[] = [
      { what: 'progress of the run, its queries', unit: 'ms', value: await progressMs(large) },
    ];
    web = await startWebProduct({ ...env, WAYBILL_DEMO: '1' }, databaseUrl);
    browser = await chromium.launch({
      executablePath: await findChromium(env, say),
      args: ['--no-sandbox', '--disable-gpu'],
    });
    const context = await signedIn(browser, web, env.WAYBILL_SECRET ?? '');
    for (const path of addressesOf(large)) {
      const { rows, whole } = await timesOf(context, web, path);
      found.push({ what: `/${path}, rows`, unit: 'ms', value: median(rows) });
      found.push({ what: `/${path}, whole`, unit: 'ms', value: median(whole) });
      found.push({ what: `/${path}, slowest`, unit: 'ms', value: Math.max(...whole) });
    }
    for (const path of LIST_PAGES) {
      const { kB, lcpMs } = await seenAs(context, path);
      found.push({ what: `/${path}, script`, unit: 'kB', value: kB });
      found.push({ what: `/${path}, LCP`, unit: 'ms', value: lcpMs });
    }
    return found;
  } finally {
    await browser?.close();
    await web?.stop();
    await closePool();
  }
}

export const bench: Bench = {
  title: 'Pages of a workspace with 1 M contacts and 100 runs, one of them to everybody',
  against:
    'targets: the rows of every list page ≤ 200 ms from the server, ≤ 150 kB of script, LCP ≤ 1 s; progress ≤ 5 ms',
  rounds: 1,
  async prepare(world) {
    let made: Measurement[] | null = null;
    return {
      async round() {
        // filled and warmed up once
        made ??= await measure(world);
        return made;
      },
      reconcile: async () => [],
      end: async () => undefined,
    };
  },
};
