import { expect, type Page, test } from '@playwright/test';
import { expectAccessible, given, signIn } from '../product';

interface Progress {
  status: string;
  audience: number;
  listTotal: number;
  excluded: { reason: string; n: number }[];
  steps: { step: number; name: string; counts: Record<string, number> }[];
}

const runPath = () => `/runs/${given('RUN_ID')}`;

async function progressOf(page: Page, runId = given('RUN_ID')): Promise<Progress> {
  const answer = await page.request.get(`/api/v1/runs/${runId}/progress`);
  expect(answer.ok()).toBe(true);
  return await answer.json();
}

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((all, n) => all + n, 0);

test.beforeEach(async ({ page }) => {
  given('RUN_ID');
  await signIn(page);
});

test('every step of a run adds up on the screen, and each number leads to as many people', async ({ page }) => {
  await page.goto(runPath());
  const progress = await progressOf(page);
  for (const { step, name, counts } of progress.steps) {
    expect(sum(counts), name).toBe(progress.audience);
    const strip = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: new RegExp(name) }) });
    await expect(strip.getByText(progress.audience.toLocaleString('en')).last()).toBeVisible();
    for (const [state, n] of Object.entries(counts)) {
      if (n === 0) continue;
      const answer = await page.request.get(
        `/api/v1/runs/${given('RUN_ID')}/deliveries?step=${step}&state=${state}&limit=200`,
      );
      const { items, nextCursor } = await answer.json();
      expect(nextCursor === null ? items.length : n, `${name}: ${state}`).toBe(n);
    }
  }
  const excluded = progress.excluded.reduce((all, { n }) => all + n, 0);
  expect(excluded + progress.audience).toBe(progress.listTotal);
});

test('a number of the strip opens its rows, and the rows lead back', async ({ page }) => {
  await page.goto(runPath());
  const { steps } = await progressOf(page);
  const accepted = steps[0]?.counts.accepted ?? 0;
  await page
    .getByRole('link', { name: accepted.toLocaleString('en'), exact: true })
    .first()
    .click();
  await expect(page).toHaveURL(/deliveries\?step=0&state=accepted/);
  await expect(page.getByRole('heading', { level: 1, name: 'Accepted' })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'States' })).toContainText(accepted.toLocaleString('en'));
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link').last().click();
  await expect(page).toHaveURL(new RegExp(`${runPath()}$`));
});

test('the certificate says what the screen says', async ({ page }) => {
  const progress = await progressOf(page);
  const answer = await page.request.get(`/api/v1${runPath()}/certificate`);
  const certificate = await answer.json();
  expect(certificate.balanced).toBe(true);
  expect(certificate.ledger.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(certificate.steps.map(({ counts }: { counts: object }) => counts)).toEqual(
    progress.steps.map(({ counts }) => counts),
  );
});

test('a lost connection is told, keeps the numbers, and is caught up with', async ({ page, context }) => {
  // a page that asks all the time, whatever the run is doing
  await page.goto('/health');
  await expect(page.getByRole('heading', { name: 'Workers' })).toBeVisible();
  await context.setOffline(true);
  await expect(page.getByText('The connection to Waybill is lost.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Workers' })).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText('The connection to Waybill is lost.')).toBeHidden();
});

test('by keyboard alone: find the run, walk to it, open the ways to send again, leave everything as it is', async ({
  page,
}) => {
  await page.goto('/runs');
  const search = page.getByRole('searchbox', { name: 'Search runs' });
  await search.focus();
  await page.keyboard.type(given('RUN_ID'));
  await expect(page).toHaveURL(/q=run_/);
  await expect(page.getByText('1 run', { exact: true })).toBeVisible();
  await search.blur();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`${runPath()}$`));
  await page.getByRole('button', { name: 'Run again' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Send again, to whom?' });
  await expect(dialog).toBeVisible();
  await expect(dialog.getByRole('radio', { name: 'Everybody, from the beginning' })).toBeEnabled();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Run again' })).toBeFocused();
});

test('the numbers of a wave lead to its people, as many as it has', async ({ page }) => {
  await page.goto(runPath());
  const answer = await page.request.get(`/api/v1${runPath()}/progress`);
  const { waves }: { waves: { number: number; size: number; counts: Record<string, number> }[] } = await answer.json();
  const wave = waves[1];
  if (!wave) throw new Error('the seeded run has waves');
  const accepted = wave.counts.accepted ?? 0;
  const row = page
    .getByRole('table', { name: /^Waves of/ })
    .getByRole('row')
    .nth(2);
  await row.getByRole('link', { name: accepted.toLocaleString('en'), exact: true }).click();
  await expect(page).toHaveURL(/wave=2&state=accepted/);
  await expect(page.getByRole('heading', { level: 1, name: 'Accepted in wave 2' })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Pages' })).toContainText(accepted.toLocaleString('en'));
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Show the whole run' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Accepted', exact: true })).toBeVisible();
});

test('the numbers of a domain in the report lead to its people', async ({ page }) => {
  await page.goto(`/reports${runPath()}`);
  const table = page.getByRole('table', { name: 'Domains' });
  const first = table.getByRole('row').nth(1);
  const domain = (await first.getByRole('rowheader').or(first.getByRole('cell').first()).first().innerText()).split(
    /\s/,
  )[0];
  const failed = first.getByRole('link').nth(1);
  const n = Number((await failed.innerText()).replaceAll(',', ''));
  await failed.click();
  await expect(page).toHaveURL(/state=failed&domain=/);
  await expect(page.getByRole('heading', { level: 1, name: `Failed at ${domain}` })).toBeVisible();
  const rows = page.getByRole('table', { name: 'Deliveries' }).locator('tbody tr');
  await expect(rows).toHaveCount(Math.min(n, 50));
});
