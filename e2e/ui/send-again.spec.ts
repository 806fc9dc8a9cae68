import { expect, test } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll, given, signIn } from '../product';

const runPath = () => `/runs/${given('RUN_ID')}`;

test.beforeEach(async ({ page }) => {
  given('RUN_ID');
  await signIn(page);
});

test('sending to everybody again asks for the number to be typed', async ({ page }) => {
  await page.goto(runPath());
  await page.getByRole('button', { name: 'Run again' }).click();
  const dialog = page.getByRole('dialog', { name: 'Send again, to whom?' });
  const everybody = dialog.getByRole('radio', { name: 'Everybody, from the beginning' });
  await expect(everybody).toBeEnabled();
  // the label covers its whole line, the circle included
  await dialog.getByText('Everybody, from the beginning').click();
  await expect(everybody).toBeChecked();
  const button = dialog.getByRole('button', { name: /^Send to all/ });
  await expect(button).toBeDisabled();
  const number = /[\d,]+/.exec(await button.innerText())?.[0] ?? '';
  const typed = dialog.getByLabel(/^Type [\d,]+ to confirm/);
  await typed.fill(number.slice(0, -1));
  await expect(button).toBeDisabled();
  await typed.fill(number);
  await expect(button).toBeEnabled();
  await dialog.getByRole('button', { name: 'Leave it' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Run again' })).toBeFocused();
});

test('a report shows a run by step, and asks for a second one to compare', async ({ page }) => {
  await page.goto('/reports');
  await expect(page.getByRole('heading', { name: 'By campaign' })).toBeVisible();
  await page.goto(`/reports${runPath()}`);
  await expect(page.getByRole('heading', { name: 'By step' })).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await page.goto(`/reports/compare?run=${given('RUN_ID')}`);
  await expect(page.getByText('Choose at least two runs')).toBeVisible();
});

test('a run that is not there says so, and a damaged link to a page of rows opens the first', async ({ page }) => {
  await page.goto('/runs/run_0000000000000000');
  await expect(page.getByText('There is nothing at this address')).toBeVisible();
  await page.goto(`${runPath()}/deliveries?step=0&cursor=damaged`);
  await expect(page.getByRole('navigation', { name: 'States' })).toBeVisible();
});
