import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type APIRequestContext, type BrowserContext, expect, type Locator, type Page } from '@playwright/test';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A setting that the test command hands to the specs. */
export function given(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the browser tests with npm test -- e2e`);
  return value;
}

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;
const sessions = new Map<string, Cookies>();

/** Each way in is walked once; later tests go on with its session. */
async function withSession(page: Page, key: string, walkIn: () => Promise<void>): Promise<void> {
  const known = sessions.get(key);
  if (known) return await page.context().addCookies(known);
  await walkIn();
  await expect(page).toHaveURL(/\/overview/);
  sessions.set(key, await page.context().cookies());
}

/** As the owner, by the link that the launcher prints. */
export async function signIn(page: Page): Promise<void> {
  await withSession(page, 'owner', async () => {
    await page.goto(given('SIGN_IN_URL'));
  });
}

/** As somebody who may only look, by password. */
export async function signInAsViewer(page: Page): Promise<void> {
  await withSession(page, 'viewer', async () => {
    await page.goto('/sign-in');
    await page.getByLabel('Email').fill(given('VIEWER_EMAIL'));
    await page.getByLabel('Password').fill(given('PEOPLE_PASSWORD'));
    await page.getByRole('button', { name: 'Sign in' }).click();
  });
}

/** A field that is filled before the page's script took it over may lose what was filled. */
export async function isAlive(field: Locator): Promise<void> {
  const came = await field.evaluate(async (element) => {
    for (let times = 0; times < 400; times++) {
      if (Object.keys(element).some((key) => key.startsWith('__reactProps'))) return true;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return false;
  });
  if (!came) throw new Error(`The page's script did not take over ${field}`);
}

type AxeRule = { runOnly: string[] | { type: 'rule'; values: string[] } };

async function expectNoViolations(page: Page, { runOnly }: AxeRule): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  const found = await page.evaluate(async (only) => {
    const axe = (
      window as unknown as {
        axe: {
          run(
            context: Document,
            options: object,
          ): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }>;
        };
      }
    ).axe;
    const { violations } = await axe.run(document, { runOnly: only, resultTypes: ['violations'] });
    return violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map((node) => node.target.join(' '))
          .slice(0, 3)
          .join(' | ')}`,
    );
  }, runOnly);
  expect(found).toEqual([]);
}

/** WCAG 2.2 A and AA: zero violations, each named with its place if there is one. */
export async function expectAccessible(page: Page): Promise<void> {
  await expectNoViolations(page, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
}

/** Another colour scheme while the page is open, without motion; it is drawn when this answers. */
export async function changeScheme(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.waitForFunction((name) => document.documentElement.classList.contains(name), colorScheme);
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    // a colour that fades lets what inherits it begin to fade in turn
    for (let still = 0; still < 3; still++) {
      await frame();
      const ending = document
        .getAnimations()
        .filter((one) => one.playState !== 'finished' && one.effect?.getComputedTiming().endTime !== Infinity);
      if (ending.length === 0) continue;
      await Promise.allSettled(ending.map((one) => one.finished));
      still = 0;
    }
  });
}

/** What a colour scheme can change of it: the contrast of text. */
export async function expectReadable(page: Page): Promise<void> {
  await expectNoViolations(page, { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } });
}

/** Nothing reaches past the right edge of the window. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over).toBeLessThanOrEqual(0);
}

export interface Captured {
  id: string;
  channel: 'email' | 'sms';
  to: string;
  messageId: string | null;
  subject?: string;
}

/** Every message the local provider took, oldest last. */
export async function captured(request: APIRequestContext, query = ''): Promise<Captured[]> {
  const all: Captured[] = [];
  let cursor: number | string | null = '';
  do {
    const answer = await request.get(
      `${given('WAYBILL_CAPTURE_HTTP_URL')}/inbox?limit=200${query}${cursor ? `&cursor=${cursor}` : ''}`,
    );
    const page: { messages: Captured[]; nextCursor: number | string | null } = await answer.json();
    all.push(...page.messages);
    cursor = page.nextCursor;
  } while (cursor);
  return all;
}
