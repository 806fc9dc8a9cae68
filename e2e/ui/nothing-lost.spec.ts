import { expect, test } from '@playwright/test';
import { isAlive, signIn } from '../product';

test('a segment that is not saved is not left by a link without a question', async ({ page }) => {
  await signIn(page);
  await page.goto('/segments/new');
  const name = page.getByLabel('Name', { exact: true });
  await isAlive(name);
  await name.fill('Only begun');
  const away = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Lists' });
  await away.click();
  const question = page.getByRole('alertdialog', { name: 'Leave without saving this segment?' });
  await question.getByRole('button', { name: 'Stay here' }).click();
  await expect(question).toBeHidden();
  await expect(name).toHaveValue('Only begun');
  await away.click();
  await question.getByRole('button', { name: 'Leave it unsaved' }).click();
  await expect(page).toHaveURL(/\/lists$/);
});

test('words go into a block as soon as it is added', async ({ page }) => {
  await signIn(page);
  await page.goto('/templates/new');
  await page.getByRole('list', { name: 'What to begin with' }).getByRole('button', { name: 'Blank email' }).click();
  await expect(page).toHaveURL(/\/templates\/tpl_/);
  await isAlive(page.getByLabel('Name of the template'));
  await page.getByRole('list', { name: 'Blocks to add' }).getByRole('button', { name: 'Heading' }).click();
  await expect(page.getByRole('textbox', { name: 'Heading' })).toBeFocused();
  await page.keyboard.type('Only for you');
  await expect(page.getByRole('textbox', { name: 'Heading' })).toHaveValue('Only for you');
  await expect(page.locator('[data-saving=saved]')).toBeVisible();
});

for (const height of [900, 640]) {
  test(`the longest dialog stays within a window ${height} px high`, async ({ page }) => {
    await page.setViewportSize({ width: 1280, height });
    await signIn(page);
    await page.goto('/settings/keys');
    await page.getByRole('button', { name: 'Make a key' }).click();
    const dialog = page.getByRole('dialog', { name: 'Make an API key' });
    await expect(dialog).toBeVisible();
    await expect
      .poll(() => dialog.evaluate((element) => window.innerHeight - element.getBoundingClientRect().bottom))
      .toBeGreaterThanOrEqual(0);
    await expect(dialog.getByRole('button', { name: 'Make the key' })).toBeInViewport({ ratio: 1 });
  });
}
