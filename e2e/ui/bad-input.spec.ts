import { expect, type Page, test } from '@playwright/test';
import { expectNoSidewaysScroll, given, isAlive, signIn, signInAsViewer } from '../product';

const RULE = { kind: 'group', match: 'all', rules: [] };
const ATTACK = '<img src=x onerror="top.hacked=1"><script>top.hacked=1</script>';
const ARABIC = 'قائمة العملاء ‮المميزين';
const TEN_MEGABYTES = 10_000_000;

interface Thing {
  id: string;
  name: string;
  revision: number;
}

async function call<T>(page: Page, method: 'get' | 'post' | 'patch' | 'delete', path: string, data?: object) {
  const headers = { origin: given('BASE_URL') };
  const answer = await page.request[method](`/api/v1/${path}`, { data, headers });
  const body = answer.status() === 204 ? null : await answer.json();
  return { status: answer.status(), body: body as T };
}

async function made(page: Page, path: string, data: object): Promise<Thing> {
  const { status, body } = await call<Thing>(page, 'post', path, data);
  expect(status, path).toBe(201);
  return body;
}

const segment = (page: Page, name: string) => made(page, 'segments', { name, rule: RULE });
const unhurt = async (page: Page) => expect(await page.evaluate(() => 'hacked' in window)).toBe(false);

/** Ctrl+V of a text that is too long to be typed. */
async function paste(page: Page, bytes: number): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate((length) => navigator.clipboard.writeText('wide load '.repeat(length / 10)), bytes);
  await page.keyboard.press('ControlOrMeta+v');
}

test.describe('for somebody who may change things', () => {
  test.beforeEach(async ({ page }) => {
    given('RUN_ID');
    await signIn(page);
  });

  test('a segment that somebody else saved meanwhile is not written over unasked', async ({ page }) => {
    const name = `Stale ${Date.now()}`;
    const { id } = await segment(page, name);
    await page.goto(`/segments/${id}`);
    const field = page.getByLabel('Name', { exact: true });
    await expect(field).toHaveValue(name);
    await isAlive(field);
    await call(page, 'patch', `segments/${id}`, { name: `${name}, theirs`, rule: RULE, revision: 1 });
    await field.fill(`${name}, mine`);
    await page.getByRole('button', { name: 'Save segment' }).click();
    await expect(page.getByText('What you made here is kept.')).toBeVisible();
    await expect(field).toHaveValue(`${name}, mine`);
    expect((await call<Thing>(page, 'get', `segments/${id}`)).body.name).toBe(`${name}, theirs`);
    await page.getByRole('button', { name: 'Save mine over it' }).click();
    await expect(page.getByText(`“${name}, mine” is saved.`)).toBeVisible();
    expect((await call<Thing>(page, 'get', `segments/${id}`)).body.name).toBe(`${name}, mine`);
  });

  test('a campaign that somebody else changed asks whose stays', async ({ page }) => {
    const name = `Two at once ${Date.now()}`;
    const { id } = await made(page, 'campaigns', { name });
    await page.goto(`/campaigns/${id}`);
    const field = page.getByLabel('Name of the campaign');
    await expect(field).toHaveValue(name);
    await isAlive(field);
    const { revision } = (await call<Thing>(page, 'get', `campaigns/${id}`)).body;
    await call(page, 'patch', `campaigns/${id}`, { name: `${name}, theirs`, revision });
    await field.fill(`${name}, mine`);
    await expect(page.getByText('The two differ in the name.')).toBeVisible();
    await expect(field).toHaveValue(`${name}, mine`);
    await page.getByRole('button', { name: 'Keep mine' }).click();
    await expect(page.getByRole('status').filter({ hasText: /^Saved$/ })).toBeVisible();
    expect((await call<Thing>(page, 'get', `campaigns/${id}`)).body.name).toBe(`${name}, mine`);
  });

  test('what was archived under somebody’s hands says so and keeps what they typed', async ({ page }) => {
    const { id } = await segment(page, `Short-lived ${Date.now()}`);
    await page.goto(`/segments/${id}`);
    const field = page.getByLabel('Name', { exact: true });
    await isAlive(field);
    await field.fill('A better name');
    await call(page, 'delete', `segments/${id}`);
    await page.getByRole('button', { name: 'Save segment' }).click();
    await expect(
      page
        .getByRole('alert')
        .or(page.getByRole('status'))
        .filter({ hasText: /archived|not exist/ }),
    ).toBeVisible();
    await expect(field).toHaveValue('A better name');
    for (const path of ['/segments/seg_gone', '/templates/tpl_gone', '/campaigns/cmp_gone', '/lists/lst_gone']) {
      await page.goto(path);
      await expect(page.getByText('There is nothing at this address'), path).toBeVisible();
    }
  });

  test('markup and right-to-left text in names are text, in every list and on every page', async ({ page }) => {
    const name = `${ATTACK} ${ARABIC} ${Date.now()}`;
    const list = await made(page, 'lists', { name: name.slice(0, 110) });
    const contact = await made(page, 'contacts', {
      firstName: ATTACK,
      lastName: ARABIC,
      email: `rtl${Date.now()}@example.com`,
    });
    const campaign = await made(page, 'campaigns', { name: name.slice(0, 110) });
    const seg = await segment(page, name.slice(0, 110));
    await page.setViewportSize({ width: 390, height: 844 });
    for (const path of [
      '/lists',
      `/lists/${list.id}`,
      '/contacts?q=rtl',
      `/contacts/${contact.id}`,
      '/campaigns',
      `/campaigns/${campaign.id}`,
      '/segments',
      `/segments/${seg.id}`,
    ]) {
      await page.goto(path);
      await expect(
        page.getByText('onerror=').or(page.locator('input[value*="onerror="]')).first(),
        path,
      ).toBeAttached();
      await expectNoSidewaysScroll(page);
      await unhurt(page);
    }
  });

  test('ten megabytes pasted where a name belongs are cut, told and never freeze the page', async ({ page }) => {
    const { id } = await made(page, 'campaigns', { name: `Pasted ${Date.now()}` });
    await page.goto(`/campaigns/${id}`);
    const field = page.getByLabel('Name of the campaign');
    await isAlive(field);
    await field.fill('');
    await paste(page, TEN_MEGABYTES);
    expect((await field.inputValue()).length).toBeLessThanOrEqual(120);
    await expect(page.getByRole('status').filter({ hasText: /^Saved$/ })).toBeVisible();
  });

  test('ten megabytes pasted into a template are refused with a sentence, and what is there stays', async ({
    page,
  }) => {
    const { id } = await made(page, 'templates', {
      channel: 'email',
      name: `Heavy ${Date.now()}`,
      content: { subject: 'Light', blocks: [{ id: 'one', type: 'text', content: 'Before' }, { type: 'footer' }] },
    });
    await page.goto(`/templates/${id}`);
    await page.locator('[data-row-button]').first().click();
    const text = page.getByRole('textbox', { name: 'Text', exact: true });
    await text.focus();
    await page.keyboard.press('ControlOrMeta+a');
    await paste(page, TEN_MEGABYTES);
    await expect(
      page.getByText('That is 10,000,000 characters, more than fits here. Nothing was pasted.'),
    ).toBeVisible();
    await expect(text).toHaveValue('Before');
    await text.press('End');
    await page.keyboard.type(', and after');
    await expect(page.getByText('Nothing was pasted.')).toBeHidden();
    await expect(page.locator('[data-saving=saved]')).toBeVisible();
    await expect(text).toHaveValue('Before, and after');
  });

  test('a connection lost at the moment of saving costs nothing that was typed', async ({ page, context }) => {
    const { id } = await segment(page, `Offline ${Date.now()}`);
    await page.goto(`/segments/${id}`);
    const field = page.getByLabel('Name', { exact: true });
    await isAlive(field);
    await field.fill('Written in a tunnel');
    await context.setOffline(true);
    await page.getByRole('button', { name: 'Save segment' }).click();
    await expect(page.getByText('Waybill did not answer.')).toBeVisible();
    await expect(field).toHaveValue('Written in a tunnel');
    await context.setOffline(false);
    await page.getByRole('button', { name: 'Save segment' }).click();
    await expect(page.getByText('“Written in a tunnel” is saved.')).toBeVisible();

    await page.goto('/settings/workspace');
    const postal = page.getByLabel('Postal address');
    await isAlive(postal);
    const before = await postal.inputValue();
    await postal.fill(`${before}\nTunnel`);
    await context.setOffline(true);
    await page.getByRole('button', { name: 'Save settings' }).click();
    await expect(page.getByText('Waybill did not answer.')).toBeVisible();
    await expect(postal).toHaveValue(`${before}\nTunnel`);
    await context.setOffline(false);
    await postal.fill(before);
    await page.getByRole('button', { name: 'Save settings' }).click();
    await expect(page.getByText(/^(Saved\.|Nothing to save: everything is as it was\.)$/)).toBeVisible();
  });

  test('wrong types in a form are told beside their field, and everything typed stays', async ({ page }) => {
    await page.goto('/settings/workspace');
    await isAlive(page.getByLabel(/^Second person needed above/));
    await page.getByLabel(/^Second person needed above/).fill('many');
    await page.getByLabel(/^May be framed by/).fill('https://crm.example.com\nhttp://plain.example.com/path');
    await page.getByRole('button', { name: 'Save settings' }).click();
    await expect(page.getByLabel(/^Second person needed above/)).toBeFocused();
    await expect(page.getByText('Enter a whole number, or nothing.', { exact: true })).toBeVisible();
    await page.getByLabel(/^Second person needed above/).fill('');
    await page.getByRole('button', { name: 'Save settings' }).click();
    await expect(
      page.getByText('Line 2: Enter an origin such as https://crm.example.com.', { exact: true }),
    ).toBeVisible();
    await expect(page.getByLabel(/^May be framed by/)).toHaveValue(
      'https://crm.example.com\nhttp://plain.example.com/path',
    );
  });
});

test('somebody who may only look sees everything, is offered nothing, and is refused if they try', async ({ page }) => {
  await signIn(page);
  const campaign = await made(page, 'campaigns', { name: `Looked at ${Date.now()}` });
  await page.context().clearCookies();
  await signInAsViewer(page);
  for (const [path, button] of [
    ['/campaigns', 'New campaign'],
    ['/segments', 'New segment'],
    ['/templates', 'New template'],
    ['/contacts', 'Import contacts'],
  ] as const) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('link', { name: button })).toHaveCount(0);
  }
  await page.goto(`/campaigns/${campaign.id}`);
  await expect(page.getByLabel('Name of the campaign')).toHaveCount(0);
  await expect(page.getByRole('checkbox', { name: 'Keep a control group' })).toBeDisabled();
  await page.goto(`/runs/${given('RUN_ID')}`);
  await expect(page.getByRole('button', { name: 'Run again' })).toHaveCount(0);
  await page.goto('/settings/providers');
  await expect(page.getByText('This page is not for your role')).toBeVisible();
  const refused = await call<{ detail: string }>(page, 'post', 'segments', { name: 'Mine', rule: RULE });
  expect(refused.status).toBe(403);
  expect((await call(page, 'post', `campaigns/${campaign.id}/launch`, {})).status).toBe(403);
});
