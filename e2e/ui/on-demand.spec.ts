import { expect, test } from '@playwright/test';
import { expectAccessible, isAlive, signIn } from '../product';

test.beforeEach(async ({ page }) => {
  await signIn(page);
});

test('the palette opens by its key and its button, finds by name, and goes there', async ({ page }) => {
  await page.goto('/lists');
  await isAlive(page.getByRole('button', { name: 'New list' }));
  await page.keyboard.press('ControlOrMeta+k');
  const palette = page.getByRole('dialog', { name: 'Search and commands' });
  await expect(palette).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();

  await page.getByRole('button', { name: /Find anything/ }).click();
  await palette.getByRole('combobox').fill('Phone launch');
  await expect(palette.getByRole('option', { name: /Phone launch.*Campaign/ }).first()).toBeVisible();
  await palette
    .getByRole('option', { name: /Phone launch.*Run/ })
    .first()
    .click();
  await expect(page).toHaveURL(/\/runs\/run_/);
});

test('a menu and a dialog that come with the first wish to open them work by keyboard and give the focus back', async ({
  page,
}) => {
  await page.goto('/campaigns');
  const more = page.getByRole('button', { name: /^More for/ }).first();
  await isAlive(more);
  await more.focus();
  await page.keyboard.press('Enter');
  const entry = page.getByRole('menuitem', { name: 'Duplicate' });
  await expect(entry).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem').and(page.locator(':focus'))).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(entry).toBeHidden();
  await expect(more).toBeFocused();

  await page.goto('/lists');
  const make = page.getByRole('button', { name: 'New list' });
  await isAlive(make);
  await make.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'New list' }).getByLabel('Name')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(make).toBeFocused();
});

test('a dialog that cannot come while the connection is lost is waited for, and the page stays', async ({ page }) => {
  await page.goto('/lists');
  const make = page.getByRole('button', { name: 'New list' });
  await isAlive(make);
  await page.route('**/_next/static/chunks/**', (route) => route.abort());
  await make.click();
  await expect(page.getByText('Waiting for an answer from Waybill…')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'Lists' })).toBeVisible();
  await page.unroute('**/_next/static/chunks/**');
  await expect(page.getByRole('dialog', { name: 'New list' })).toBeVisible();
});

test('links are followed without loading the page anew, and the browser’s own ways stay', async ({ page, context }) => {
  await page.goto('/runs');
  await isAlive(page.getByRole('button', { name: 'Mei Tan' }));
  await page.evaluate(() => Object.assign(window, { stays: true }));
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Segments' }).click();
  await expect(page).toHaveURL(/\/segments$/);
  await expect(page.getByRole('heading', { level: 1, name: 'Segments' })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/\/runs$/);
  expect(await page.evaluate(() => Reflect.get(window, 'stays'))).toBe(true);

  const tab = context.waitForEvent('page');
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: 'Lists' })
    .click({
      modifiers: ['ControlOrMeta'],
    });
  await expect(await tab).toHaveURL(/\/lists$/);
  await expect(page).toHaveURL(/\/runs$/);
});

test('the colour scheme that was chosen stays, on every page and before the first paint', async ({ page }) => {
  const me = page.getByRole('button', { name: 'Mei Tan' });
  await page.goto('/runs');
  await isAlive(me);
  await me.click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveClass(/\bdark\b/);
  await page.goto('/lists', { waitUntil: 'commit' });
  await expect(page.locator('html')).toHaveClass(/\bdark\b/);
  await isAlive(me);
  await me.click();
  await page.getByRole('menuitemradio', { name: 'As the system' }).click();
  await expect(page.locator('html')).not.toHaveClass(/\bdark\b/);
});
