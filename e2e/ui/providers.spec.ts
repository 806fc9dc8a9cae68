import { expect, test } from '@playwright/test';
import { byMouse } from '../hands';
import { expectAccessible, given, signIn } from '../product';

test.beforeEach(async ({ page }) => {
  given('RUN_ID');
  await signIn(page);
});

test('a provider is added, proved, given a sender, and “send me one” arrives', async ({ page }) => {
  const name = `Office ${Date.now()}`;
  await page.goto('/settings/providers');
  await page.getByRole('link', { name: 'Add a provider' }).click();
  await page.getByRole('link', { name: 'SMTP relay' }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Server').fill('https://not a host');
  await page.getByLabel('Port').fill(given('WAYBILL_CAPTURE_SMTP_PORT'));
  await page.getByRole('button', { name: 'Add this provider' }).click();
  await expect(page.getByLabel('Server')).toBeFocused();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue(name);
  await expectAccessible(page);

  await page.getByLabel('Server').fill('127.0.0.1');
  await byMouse(page).pick(page.getByLabel('Encryption'), 'None');
  await page.getByRole('button', { name: 'Add this provider' }).click();
  await expect(page).toHaveURL(/providers\/pac_/);
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(page.getByText('It answers')).toBeVisible();

  await page.goto('/settings/senders');
  await page.getByRole('button', { name: 'Add a sender' }).click();
  await byMouse(page).pick(page.getByLabel('Provider'), name);
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('From address').fill('office@merlion-mobile.example');
  await page.getByRole('button', { name: 'Add sender' }).click();
  await expect(page.getByText('Sender added.')).toBeVisible();
  await page.getByRole('button', { name: `Send me one from ${name}` }).click();
  const to = `proof-${Date.now()}@example.com`;
  await page.getByLabel('To this address').fill(to);
  await page.getByRole('button', { name: 'Send 1' }).click();
  await expect(page.getByText('The provider took it')).toBeVisible();
  await page.goto(`/inbox?q=${to}`);
  await expect(page.getByRole('link', { name: /It works/ })).toBeVisible();
});

test('a secret goes in and never comes out', async ({ page }) => {
  const secret = `re_${Date.now()}_never_shown`;
  await page.goto('/settings/providers/new?kind=resend');
  await page.getByLabel('Name', { exact: true }).fill(`Resend ${Date.now()}`);
  await page.getByRole('button', { name: 'Add this provider' }).click();
  await expect(page.getByText('API key is missing.', { exact: true })).toBeVisible();
  await page.getByLabel('API key').fill(secret);
  await page.getByRole('button', { name: 'Add this provider' }).click();
  await expect(page).toHaveURL(/providers\/pac_/);
  await expect(page.getByText('/api/webhooks/resend?account=pac_')).toBeVisible();
  await expect(page.getByText('Set', { exact: true })).toBeVisible();
  expect(await page.content()).not.toContain(secret);
  await page.getByLabel('Name', { exact: true }).fill('Resend, renamed');
  await page.getByRole('button', { name: 'Save provider' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await expect(page.getByText('Set', { exact: true })).toBeVisible();
});
