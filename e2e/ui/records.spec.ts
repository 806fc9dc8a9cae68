import { expect, test } from '@playwright/test';
import postgres from 'postgres';
import { byMouse } from '../hands';
import { expectAccessible, given, signIn } from '../product';

test('a PostgreSQL of one’s own is added, tried, and written to by a record step', async ({ page }) => {
  test.setTimeout(180_000);
  await signIn(page);
  const ours = new URL(given('DATABASE_URL'));
  const name = `warehouse_${Date.now()}`;
  const admin = postgres(ours.href, { max: 1 });
  await admin`create database ${admin(name)}`;
  await admin.end();

  await page.goto('/settings/connections');
  await page.getByRole('button', { name: 'Add a connection' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add a connection' });
  await dialog.getByLabel(/^Name/).fill(name);
  await dialog.getByLabel('Server').fill(ours.hostname);
  await dialog.getByLabel('Port').fill(ours.port);
  await dialog.getByLabel('Database').fill(name);
  await dialog.getByLabel('User').fill(decodeURIComponent(ours.username));
  await dialog.getByLabel('Password').fill('not this one');
  await byMouse(page).pick(dialog.getByLabel('Encryption'), 'None');
  await dialog.getByRole('button', { name: 'Add connection' }).click();
  await expect(dialog).toBeHidden();

  const password = decodeURIComponent(ours.password);
  await page.getByRole('button', { name: `Edit ${name}` }).click();
  const edit = page.getByRole('dialog', { name: 'Edit connection' });
  await edit.getByLabel('Password').fill(password);
  await edit.getByRole('button', { name: 'Save connection' }).click();
  await expect(edit).toBeHidden();
  expect(await page.content()).not.toContain(password);

  await page.getByRole('button', { name: `Try ${name}` }).click();
  await page.getByLabel('Table').fill('sent_to');
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(page.getByText('The table sent_to will be made with the first row.')).toBeVisible();
  await expectAccessible(page);

  await page.goto('/campaigns/new');
  await page.getByLabel('Name', { exact: true }).fill(`Into ${name}`);
  await page.getByRole('button', { name: 'Create campaign' }).click();
  await byMouse(page).pick(page.getByLabel('Send to: add'), 'Everyone');
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  await byMouse(page).pick(page.getByLabel('Goes into'), name);
  await page.getByLabel('Table over there').fill('sent_to');
  await expect(page.getByRole('status').filter({ hasText: /^Saved$/ })).toBeVisible();
  await page.getByRole('button', { name: 'Pre-flight' }).click();
  const send = page.getByRole('button', { name: /^Send to [\d,]+/ });
  await expect(send).toBeVisible();
  for (const box of await page.locator('[data-finding] [type=checkbox]').all()) await box.click();
  await send.click();
  await expect(page).toHaveURL(/\/runs\/run_/);
  await expect(page.getByText('Completed', { exact: true }).first()).toBeVisible({ timeout: 60_000 });

  const runId = /run_\w+/.exec(page.url())?.[0] ?? '';
  const progress = await (await page.request.get(`/api/v1/runs/${runId}/progress`)).json();
  expect(progress.balanced).toBe(true);
  const theirs = postgres(new URL(`/${name}`, ours).href, { max: 1 });
  const [row] = await theirs<{ n: number }[]>`select count(*)::int as n from sent_to where run_id = ${runId}`;
  await theirs.end();
  expect(row?.n).toBe(progress.steps[0].counts.accepted);
  expect(row?.n).toBe(progress.audience);
});
