import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { type APIRequestContext, type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { everyPage, type PageToSee } from '../e2e/every-page';
import { enterPassword, type Scenes, scenes } from '../e2e/scenes';
import { interrupted, readArguments, runCommand } from './command';
import { type Environment, givenEnvironment, ROOT } from './environment';
import { ensureBuild } from './next-build';
import { withSeededProduct } from './testing/seeded-product';

const USAGE =
  'npm run screenshots -- [--out FOLDER] [--only PATTERN] [--width 1440|390] [--scheme light|dark] [--state full|empty|failing]';
const { values } = readArguments(
  {
    out: { type: 'string' },
    only: { type: 'string' },
    width: { type: 'string' },
    scheme: { type: 'string' },
    state: { type: 'string' },
  },
  USAGE,
);

const WIDTHS = [1440, 390];
const SCHEMES = ['light', 'dark'] as const;
const STATES = ['full', 'empty', 'failing'] as const;
const PATIENCE_MS = 8_000;
const SCREEN_PX = 900;
const HIGHEST_PX = 8_000;

interface Viewer {
  signIn(page: Page): Promise<void>;
  pages(request: APIRequestContext): Promise<PageToSee[]>;
}

const wanted = <T extends string | number>(all: readonly T[], one: string | undefined) =>
  all.filter((each) => one === undefined || String(each) === one);

/** What comes when it comes into sight has come: frames of mails among it. */
async function lookThrough(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let top = 0; top < document.documentElement.scrollHeight; top += window.innerHeight) {
      window.scrollTo(0, top);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    window.scrollTo(0, 0);
  });
}

/** Pictures move, poll and fade; what is still loading after the patience is a picture of that. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('load');
  await lookThrough(page);
  await page
    .waitForFunction(() => document.querySelectorAll('[aria-busy=true], .animate-breathe.bg-rule').length === 0, null, {
      timeout: PATIENCE_MS,
    })
    .catch((error: Error) => console.log(`   ${page.url()} was still loading (${error.message.split('\n')[0]})`));
  await page.evaluate(() => document.fonts.ready);
}

/** A browser draws no frame that is out of sight: the screen becomes as high as the page, for the picture. */
async function unroll(page: Page): Promise<void> {
  const heightPx = await page.evaluate(() => document.documentElement.scrollHeight);
  const width = page.viewportSize()?.width;
  if (!width || heightPx <= SCREEN_PX) return;
  await page.setViewportSize({ width, height: Math.min(heightPx, HIGHEST_PX) });
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 400)));
}

/** What is live says that it stands still once two questions had no answer. */
async function missed(page: Page): Promise<void> {
  for (const _ of [1, 2]) {
    await page
      .waitForEvent('requestfailed')
      .catch((error: Error) => console.log(`   ${page.url()} asked nothing (${error.message.split('\n')[0]})`));
  }
}

async function shootAll(
  context: BrowserContext,
  pages: PageToSee[],
  folder: string,
  isFailing: boolean,
): Promise<number> {
  mkdirSync(folder, { recursive: true });
  const page = await context.newPage();
  const screen = page.viewportSize() ?? { width: 1440, height: SCREEN_PX };
  page.setDefaultTimeout(PATIENCE_MS);
  for (const { name, path: address, first, live } of pages) {
    await page.goto(address, { timeout: 60_000 });
    // what cannot be done while nothing answers is a picture of how that looks
    await first?.(page).catch((error: Error) => console.log(`   ${name}: ${error.message.split('\n')[0]}`));
    if (isFailing && live) await missed(page);
    await settle(page);
    await unroll(page);
    await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true, animations: 'disabled' });
    await page.setViewportSize(screen);
  }
  await page.close();
  return pages.length;
}

/** Who looks at what in a state: the owner of the demo, or of a workspace without anything, and the people of the scenes. */
function viewers(env: Environment, state: (typeof STATES)[number]): Viewer[] {
  const everything: Viewer =
    state === 'empty'
      ? {
          signIn: (page) => enterPassword(page, env.NEWCOMER_EMAIL, env),
          pages: (request) => everyPage(request),
        }
      : {
          signIn: async (page) => void (await page.goto(env.SIGN_IN_URL ?? '')),
          pages: (request) => everyPage(request, env.RUN_ID),
        };
  if (state === 'empty') return [everything];
  const named = ({ person, signIn, pages }: Scenes): Viewer => ({
    signIn,
    pages: async (request) => (await pages(request)).map((page) => ({ ...page, name: `${person}-${page.name}` })),
  });
  return [everything, ...scenes(env).map(named)];
}

async function signedIn(browser: Browser, env: Environment, viewer: Viewer) {
  const context = await browser.newContext({ baseURL: env.BASE_URL });
  const page = await context.newPage();
  page.setDefaultNavigationTimeout(60_000);
  await viewer.signIn(page);
  await page.waitForURL(/overview|sign-in\/code/);
  const pages = await viewer.pages(context.request);
  const session = await context.storageState();
  await context.close();
  return { pages: pages.filter(({ name }) => new RegExp(values.only ?? '').test(name)), session };
}

runCommand(async () => {
  const cancel = new AbortController();
  void interrupted().then(() => cancel.abort(new Error('Interrupted.')));
  const say = (line: string) => console.log(line);
  const out = path.resolve(ROOT, values.out ?? 'screenshots');
  const distDir = await ensureBuild({ env: givenEnvironment(), say, signal: cancel.signal });
  return await withSeededProduct(distDir, async ({ env }) => {
    const browser = await chromium.launch({
      executablePath: env.CHROMIUM_PATH,
      args: ['--no-sandbox', '--disable-gpu'],
    });
    let taken = 0;
    for (const state of wanted(STATES, values.state)) {
      for (const width of wanted(WIDTHS, values.width)) {
        for (const scheme of wanted(SCHEMES, values.scheme)) {
          cancel.signal.throwIfAborted();
          const seen: Awaited<ReturnType<typeof signedIn>>[] = [];
          for (const viewer of viewers(env, state)) seen.push(await signedIn(browser, env, viewer));
          const folder = path.join(out, state, `${width}-${scheme}`);
          rmSync(folder, { recursive: true, force: true });
          for (const { pages, session } of seen) {
            const context = await browser.newContext({
              baseURL: env.BASE_URL,
              storageState: session,
              viewport: { width, height: SCREEN_PX },
              colorScheme: scheme,
              reducedMotion: 'reduce',
            });
            // the server draws its pages as ever, and then nothing answers any more
            if (state === 'failing') {
              await context.route('**/*', (route) => {
                const request = route.request();
                const isAsked = request.method() === 'POST' || new URL(request.url()).pathname.startsWith('/api/v1/');
                return isAsked ? route.abort() : route.fallback();
              });
            }
            taken += await shootAll(context, pages, folder, state === 'failing');
            await context.close();
          }
          say(`${path.relative(ROOT, folder)}: ${taken} pictures by now`);
        }
      }
    }
    await browser.close();
    say(`${taken} pictures are in ${path.relative(ROOT, out) || out}.`);
    return 0;
  });
});
