import { expect, type Page, test } from '@playwright/test';
import postgres from 'postgres';
import { byMouse } from '../hands';
import { expectAccessible, expectNoSidewaysScroll, given, isAlive, signIn } from '../product';

const STAFF = 'Staff and test phones';

async function build(page: Page, name: string): Promise<string> {
  const hands = byMouse(page);
  await page.goto('/campaigns/new');
  // what is typed and pressed before the page's script has taken over is lost
  await isAlive(page.getByLabel('Name', { exact: true }));
  await hands.write(page.getByLabel('Name', { exact: true }), name);
  await page.getByRole('button', { name: 'Create campaign' }).click();
  await expect(page).toHaveURL(/\/campaigns\/cmp_/);
  await hands.pick(page.getByLabel('Send to: add'), STAFF);
  await page.getByRole('button', { name: 'SMS', exact: true }).click();
  await hands.pick(page.getByLabel('Template', { exact: true }), 'Aurora 9 reminder');
  await hands.pick(page.getByLabel('Sender', { exact: true }), 'Merlion SMS');
  await page.getByText('Again and again').click();
  await page.getByRole('button', { name: 'Thursday' }).click();
  await page.getByLabel('Time of day').fill('08:30');
  await expect(page.getByText('Every Monday and Thursday at 08:30, Asia/Singapore')).toBeVisible();
  await page.getByText('Done in time', { exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: /^Saved$/ })).toBeVisible();
  return /cmp_\w+/.exec(page.url())?.[0] ?? '';
}

async function activate(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Pre-flight' }).click();
  const button = page.getByRole('button', { name: /^Activate: first on (Mon|Thu) .*08:30$/ });
  await expect(button).toBeVisible();
  await expect(page.locator('[data-finding]').filter({ hasText: 'Nobody is told' })).toBeVisible();
  for (const box of await page.locator('[data-finding] [type=checkbox]').all()) await box.click();
  await expectAccessible(page);
  await button.click();
  await expect(page).toHaveURL(/\/occurrences$/);
}

/** Its time comes: the clock of the database is what counts, so the plan is moved and not the clock. */
async function comeDue(campaignId: string): Promise<void> {
  const sql = postgres(given('DATABASE_URL'), { max: 1 });
  await sql`update recurrences set next_at = date_trunc('minute', now()) where campaign_id = ${campaignId}`;
  await sql.end();
}

test('a weekly campaign is built, activated, seen coming, and comes', async ({ page }) => {
  test.setTimeout(240_000);
  await signIn(page);
  const name = `Staff news ${Date.now().toString(36)}`;
  const id = await test.step('build', () => build(page, name));
  await test.step('pre-flight and activation', () => activate(page));
  const coming = page.getByRole('list', { name: 'Coming occurrences' });
  await test.step('leave one out', async () => {
    await expect(coming.getByRole('listitem')).toHaveCount(8);
    await coming.getByRole('button', { name: 'Leave it out' }).nth(1).click();
    await expect(coming.getByText('left out by Mei Tan')).toBeVisible();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  });
  await test.step('see it coming', async () => {
    await page.goto('/overview');
    const week = page
      .locator('section')
      .filter({ has: page.getByRole('heading', { name: 'Coming in the next 7 days' }) });
    await expect(week.getByRole('link', { name }).first()).toBeVisible();
    await page.goto(`/campaigns?q=${encodeURIComponent(name)}`);
    await expect(page.getByText(/^Next: /)).toBeVisible();
    const lists: { items: { id: string; name: string }[] } = await (await page.request.get('/api/v1/lists')).json();
    const listId = lists.items.find((list) => list.name === STAFF)?.id;
    const staff = await (await page.request.get(`/api/v1/lists/${listId}/contacts?limit=1`)).json();
    await page.goto(`/service/contacts/${staff.items[0].id}`);
    await expect(page.getByText(new RegExp(`Will receive ${name} by SMS on .*on the list “${STAFF}”`))).toBeVisible();
    await page.goto('/health');
    await expect(page.getByRole('table', { name: 'Recurring campaigns' }).getByRole('link', { name })).toBeVisible();
  });
  await test.step('its time comes', async () => {
    await page.goto(`/campaigns/${id}/occurrences`);
    await comeDue(id);
    const past = page.getByRole('table', { name: 'Past occurrences' });
    await expect(past.getByText('Completed', { exact: true })).toBeVisible({ timeout: 60_000 });
    await past.getByRole('link').first().click();
    await expect(page).toHaveURL(/\/runs\/run_/);
    await expect(page.getByRole('link', { name: /^the occurrence of/ })).toBeVisible();
    const runId = /run_\w+/.exec(page.url())?.[0];
    const progress = await (await page.request.get(`/api/v1/runs/${runId}/progress`)).json();
    expect(progress).toMatchObject({ status: 'completed', balanced: true });
    expect(progress.audience).toBeGreaterThan(0);
  });
  await test.step('an edit waits for the next activation', async () => {
    await page.goto(`/campaigns/${id}`);
    await expect(page.getByText('counts from the next activation')).toBeVisible();
    await page.getByRole('button', { name: 'Monday', exact: true }).click();
    await expect(page.getByRole('status').filter({ hasText: /^Saved$/ })).toBeVisible();
    await page.goto(`/campaigns/${id}/occurrences`);
    await expect(page.getByText('The draft was changed since')).toBeVisible();
    await expect(page.getByText('Every Monday and Thursday at 08:30, Asia/Singapore.')).toBeVisible();
  });
  await test.step('deactivate', async () => {
    await page.getByRole('button', { name: 'Deactivate' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Deactivate' }).click();
    await expect(page.getByText('Deactivated', { exact: true })).toBeVisible();
    await expect(coming).toBeHidden();
  });
});
