import { expect, type Page, test } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll, given, isAlive, signIn } from '../product';

const rows = (page: Page) => page.locator('[data-row-button]');
const preview = (page: Page) => page.getByRole('complementary', { name: 'Preview' });
const mail = (page: Page) => preview(page).locator('iframe:not([aria-hidden])').contentFrame();
const isSaved = (page: Page) => expect(page.locator('[data-saving=saved]')).toBeVisible();

interface Stored {
  id: string;
  revision: number;
  name: string;
  content: { subject: string; blocks: { type: string; content?: string }[]; text?: string };
}

async function made(page: Page, data: object): Promise<string> {
  const answer = await page.request.post('/api/v1/templates', {
    data,
    headers: { origin: new URL(page.url()).origin },
  });
  expect(answer.status()).toBe(201);
  return ((await answer.json()) as { id: string }).id;
}

async function stored(page: Page, id: string): Promise<Stored> {
  return (await (await page.request.get(`/api/v1/templates/${id}`)).json()) as Stored;
}

const EMAIL = (name: string) => ({
  channel: 'email',
  name,
  content: {
    subject: 'Hi {{ first_name | fallback: "there" }}',
    preheader: 'Short',
    blocks: [
      { id: 'one', type: 'heading', level: 2, content: 'First' },
      { id: 'two', type: 'text', content: 'Second' },
      { id: 'three', type: 'button', label: 'Third', url: 'https://shop.test' },
      { id: 'last', type: 'footer' },
    ],
  },
});

test.beforeEach(async ({ page }) => {
  given('RUN_ID');
  await signIn(page);
});

test('a template is begun from a starter, changed, and found in the gallery under its new name', async ({ page }) => {
  const name = `Spring letter ${Date.now()}`;
  await page.goto('/templates');
  await page.getByRole('link', { name: 'New template' }).click();
  const starters = page.getByRole('list', { name: 'What to begin with' });
  await starters.getByRole('button', { name: 'Newsletter' }).click();
  await expect(page).toHaveURL(/\/templates\/tpl_/);
  await page.getByLabel('Name of the template').fill(name);
  await page.getByLabel('Subject').fill('Spring is here');
  await isSaved(page);
  await expect(preview(page).getByText('Spring is here')).toBeVisible();
  await page.goto('/templates?channel=email');
  await expect(page.getByRole('link', { name })).toBeVisible();
});

test('blocks are added, written, moved and taken away with keys alone, and undone', async ({ page }) => {
  await page.goto('/templates');
  const id = await made(page, EMAIL(`Keys ${Date.now()}`));
  await page.goto(`/templates/${id}`);
  await isAlive(page.getByLabel('Name of the template'));
  await rows(page).nth(0).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(rows(page).nth(0)).toContainText('Second');
  await expect(rows(page).nth(0)).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.getByRole('textbox', { name: 'Text', exact: true }).focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('Written by hand {{');
  await page.keyboard.type('first');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Text', exact: true })).toHaveValue(
    'Written by hand {{ first_name | fallback: "there" }}',
  );
  await expect(page.getByRole('textbox', { name: 'Text', exact: true })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(rows(page).nth(0)).toBeFocused();
  await page.keyboard.press('Alt+d');
  await expect(rows(page)).toHaveCount(5);
  await page.keyboard.press('Delete');
  await expect(rows(page)).toHaveCount(4);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(rows(page)).toHaveCount(5);
  await page.keyboard.press('ControlOrMeta+z');
  await isSaved(page);
  const { content } = await stored(page, id);
  expect(content.blocks.map(({ type }) => type)).toEqual(['text', 'heading', 'button', 'footer']);
});

test('a block is dragged to another place', async ({ page }) => {
  await page.goto('/templates');
  const id = await made(page, EMAIL(`Dragged ${Date.now()}`));
  await page.goto(`/templates/${id}`);
  await isAlive(page.getByLabel('Name of the template'));
  const handle = await page.locator('[data-row] .touch-none').first().boundingBox();
  const target = await rows(page).nth(2).boundingBox();
  if (!handle || !target) throw new Error('The blocks are not drawn.');
  await page.mouse.move(handle.x + 10, handle.y + 15);
  await page.mouse.down();
  await page.mouse.move(handle.x + 20, handle.y + 40, { steps: 4 });
  await page.mouse.move(target.x + 60, target.y + target.height - 3, { steps: 8 });
  await page.mouse.up();
  await expect(rows(page).nth(2)).toContainText('First');
  await isSaved(page);
  expect((await stored(page, id)).content.blocks.map(({ type }) => type)).toEqual([
    'text',
    'button',
    'heading',
    'footer',
  ]);
});

test('the preview is what a contact would read, in every way it may be seen', async ({ page }) => {
  await page.goto('/templates');
  const id = await made(page, EMAIL(`Seen ${Date.now()}`));
  await page.goto(`/templates/${id}`);
  await isAlive(page.getByLabel('Name of the template'));
  await expect(mail(page).getByText('Second')).toBeVisible();
  await page.getByRole('button', { name: 'Preview as' }).click();
  await page.getByRole('option', { name: /Nobody we know/ }).click();
  await expect(preview(page).getByText('Hi there')).toBeVisible();
  const views = page.getByRole('radiogroup', { name: 'Seen as' });
  await views.getByRole('radio', { name: 'Dark' }).click();
  await expect(mail(page).locator('.wb-plain').first()).toHaveCSS('background-color', 'rgb(26, 33, 43)');
  await views.getByRole('radio', { name: 'Plain text' }).click();
  await expect(preview(page).getByText('Third: https://shop.test')).toBeVisible();
  await views.getByRole('radio', { name: 'Source' }).click();
  await expect(preview(page).getByText('<html dir="ltr"')).toBeVisible();
});

test('what somebody else saved is not written over unasked, and nothing of either is lost', async ({ page }) => {
  await page.goto('/templates');
  const id = await made(page, EMAIL(`Shared ${Date.now()}`));
  await page.goto(`/templates/${id}`);
  await isAlive(page.getByLabel('Name of the template'));
  const origin = new URL(page.url()).origin;
  const theirs = { ...(await stored(page, id)).content, subject: 'Theirs' };
  await page.request.patch(`/api/v1/templates/${id}`, { data: { revision: 1, content: theirs }, headers: { origin } });
  await page.getByLabel('Subject').fill('Mine');
  await expect(page.getByText('saved this template meanwhile')).toBeVisible();
  expect((await stored(page, id)).content.subject).toBe('Theirs');
  await page.getByRole('button', { name: 'Show theirs' }).click();
  await expect(page.getByLabel('Subject')).toHaveValue('Theirs');
  await page.getByLabel('Subject').press('ControlOrMeta+z');
  await expect(page.getByLabel('Subject')).toHaveValue('Mine');
  await isSaved(page);
  expect((await stored(page, id)).content.subject).toBe('Mine');
});

test('what cannot be saved yet survives a closed tab', async ({ page }) => {
  await page.goto('/templates');
  const id = await made(page, EMAIL(`Kept ${Date.now()}`));
  await page.goto(`/templates/${id}`);
  await isAlive(page.getByLabel('Name of the template'));
  await page.getByLabel('Subject').fill('Half a tag {{ first_name');
  await expect(page.locator('[data-saving=invalid]')).toBeVisible();
  await page.waitForFunction((key) => localStorage.getItem(key)?.includes('Half a tag'), `waybill:template:${id}`);
  page.on('dialog', (dialog) => dialog.accept());
  await page.reload();
  await expect(page.getByLabel('Subject')).toHaveValue('Half a tag {{ first_name');
  await page.getByLabel('Subject').fill('Whole again');
  await isSaved(page);
  expect((await stored(page, id)).content.subject).toBe('Whole again');
});

test('a lost connection costs nothing: it is saved once it is back', async ({ page, context }) => {
  await page.goto('/templates');
  const id = await made(page, EMAIL(`Offline ${Date.now()}`));
  await page.goto(`/templates/${id}`);
  await isAlive(page.getByLabel('Name of the template'));
  await context.setOffline(true);
  await page.getByLabel('Subject').fill('Written in a tunnel');
  await expect(page.locator('[data-saving=offline]')).toBeVisible();
  await context.setOffline(false);
  await isSaved(page);
  expect((await stored(page, id)).content.subject).toBe('Written in a tunnel');
});

test('markup in a template and in a name is text, and runs nowhere', async ({ page }) => {
  const attack = `<script>top.hacked = 1</script><img src=x onerror="top.hacked = 1">`;
  await page.goto('/templates');
  const id = await made(page, {
    channel: 'email',
    name: `Attack ${Date.now()} ${attack}`.slice(0, 110),
    content: {
      subject: attack.slice(0, 80),
      blocks: [
        { type: 'text', content: attack },
        { type: 'footer', content: attack },
      ],
    },
  });
  await page.goto(`/templates/${id}`);
  await isAlive(page.getByLabel('Name of the template'));
  await expect(mail(page).getByText('<script>').first()).toBeVisible();
  await expect(preview(page).locator('iframe').first()).not.toHaveAttribute('sandbox', /allow-scripts/);
  await page.goto('/templates');
  await expect(page.getByRole('link', { name: /Attack/ }).first()).toBeVisible();
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
});

test('a text message counts its parts and offers the cheaper words', async ({ page }) => {
  await page.goto('/templates');
  const id = await made(page, { channel: 'sms', name: `Text ${Date.now()}`, content: { text: 'Hello' } });
  await page.goto(`/templates/${id}`);
  await isAlive(page.getByLabel('Name of the template'));
  const long = `Your parcel is on its way – it arrives on Friday. ${'x'.repeat(30)}`;
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill(long);
  await expect(page.getByText('2 parts, shown by')).toBeVisible();
  await page.getByRole('button', { name: 'Replace' }).click();
  await expect(page.getByText('One part', { exact: true })).toBeVisible();
  await isSaved(page);
  expect((await stored(page, id)).content.text).toBe(long.replace('–', '-'));
});

test('the editor is accessible with a block open, and fits a phone', async ({ page }) => {
  await page.goto('/templates');
  const id = await made(page, EMAIL(`Narrow ${Date.now()}`));
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/templates/${id}`);
  await isAlive(page.getByLabel('Name of the template'));
  await rows(page).nth(1).click();
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await page.getByRole('radio', { name: 'Preview' }).click();
  await expect(mail(page).getByText('Second')).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
});
