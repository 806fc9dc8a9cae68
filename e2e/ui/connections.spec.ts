import { createServer } from 'node:http';
import { expect, test } from '@playwright/test';
import { expectAccessible, given, signIn } from '../product';

test.beforeEach(async ({ page }) => {
  given('RUN_ID');
  await signIn(page);
});

test('a webhook for records is added, its key is shown once, and a record step can choose it', async ({ page }) => {
  const pings: string[] = [];
  const server = createServer((request, response) => {
    pings.push(String(request.headers['webhook-signature']));
    request.resume();
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('There is no port.');
  const name = `Warehouse ${Date.now()}`;
  await page.goto('/settings/connections');
  await page.getByRole('button', { name: 'Add a connection' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add a connection' });
  await dialog.getByRole('button', { name: 'Add connection' }).click();
  await expect(dialog.getByText('A server is missing.')).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('radio', { name: 'Webhook' }).click();
  await dialog.getByLabel(/^Name/).fill(name);
  await dialog.getByLabel(/^Address/).fill(`http://127.0.0.1:${address.port}/records`);
  await dialog.getByRole('button', { name: 'Add connection' }).click();
  const key = page.getByRole('dialog', { name: 'Its signing key' });
  await expect(key.getByText(/whsec_/)).toBeVisible();
  const secret = (await key.getByText(/whsec_/).innerText()).trim();
  await key.getByRole('button', { name: 'Done' }).click();
  await page.reload();
  expect(await page.content()).not.toContain(secret);

  await page.getByRole('button', { name: `Try ${name}` }).click();
  await page.getByRole('button', { name: 'Send a ping' }).click();
  await expect(page.getByText(/It works/)).toBeVisible();
  expect(pings[0]).toMatch(/^v1,/);
  await new Promise((resolve) => server.close(resolve));

  await page.goto('/campaigns/new');
  await page.getByLabel('Name', { exact: true }).fill(`To the ${name}`);
  await page.getByRole('button', { name: 'Create campaign' }).click();
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  await page.getByLabel('Goes into').click();
  await page.getByRole('option', { name }).click();
  await expect(page.getByRole('status').filter({ hasText: /^Saved$/ })).toBeVisible();
  await expect(page.getByText('No connection')).toHaveCount(0);

  await page.goto('/settings/connections');
  await page.getByRole('button', { name: `Archive ${name}` }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Archive' }).click();
  await expect(page.getByText(name)).toHaveCount(0);
});

test('a campaign that starts on an event is switched on and off from its pre-flight', async ({ page }) => {
  await page.goto('/campaigns/new');
  await page.getByLabel('Name', { exact: true }).fill(`On payment ${Date.now()}`);
  await page.getByRole('button', { name: 'Create campaign' }).click();
  await expect(page).toHaveURL(/\/campaigns\/cmp_/);
  await page.getByLabel('Send to: add').click();
  await page.getByRole('option', { name: 'Everyone' }).click();
  await page.getByRole('button', { name: 'SMS', exact: true }).click();
  await page.getByLabel('Template', { exact: true }).click();
  await page.getByRole('option', { name: 'Aurora 9 reminder' }).click();
  await page.getByLabel('Sender', { exact: true }).click();
  await page.getByRole('option', { name: 'Merlion SMS' }).click();
  await page.getByText('When something happens').click();
  await page.getByLabel('Name of the event').fill('invoice.paid');
  await expect(page.getByRole('status').filter({ hasText: /^Saved$/ })).toBeVisible();
  await page.getByRole('button', { name: 'Pre-flight' }).click();
  const start = page.getByRole('button', { name: 'Start listening' });
  await expect(start).toBeVisible();
  for (const box of await page.locator('[data-finding] [type=checkbox]').all()) await box.click();
  await start.click();
  await expect(page.getByRole('button', { name: 'Stop listening' })).toBeVisible();
  await page.getByRole('button', { name: 'Stop listening' }).click();
  await expect(start).toBeVisible();
});
