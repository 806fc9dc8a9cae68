import { expect, type Page, test } from '@playwright/test';
import jsQR from 'jsqr';
import postgres from 'postgres';
import { codeAt, stepAt } from '@/lib/auth/totp';
import { captured, expectAccessible, expectNoSidewaysScroll, given, isAlive } from '../product';

test.describe.configure({ mode: 'serial', timeout: 240_000 });

// what limits guesses is tested where it is made; here one person signs in more often than people do
test.beforeEach(async () => {
  const sql = postgres(given('DATABASE_URL'), { max: 1 });
  await sql`delete from token_buckets`;
  await sql.end();
});

let secret = '';
/** The code that turned it on. */
let usedCode = '';
let recoveryCodes: string[] = [];

async function enterPassword(page: Page, email: string): Promise<void> {
  await page.goto('/sign-in');
  await isAlive(page.getByLabel('Email'));
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(given('PEOPLE_PASSWORD'));
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function codePage(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Enter your code' })).toBeVisible();
  await isAlive(page.getByRole('textbox', { name: 'Code' }));
}

async function enterCode(page: Page, code: string): Promise<void> {
  const button = page.getByRole('button', { name: 'Sign in', exact: true });
  await expect(button).toBeEnabled();
  await page.getByRole('textbox', { name: /code/i }).fill(code);
  await button.click();
}

async function enterRecoveryCode(page: Page, code: string): Promise<void> {
  await page.getByRole('button', { name: 'Use a recovery code' }).click();
  await enterCode(page, code);
}

/** What a phone's camera makes of the picture on the screen. */
async function scan(page: Page): Promise<string> {
  const { data, width, height } = await page.getByRole('img', { name: /QR code/ }).evaluate(async (picture) => {
    const image = picture as HTMLImageElement;
    await image.decode();
    const canvas = new OffscreenCanvas(400, 400);
    const pen = canvas.getContext('2d');
    if (!pen) throw new Error('No canvas');
    pen.drawImage(image, 0, 0, 400, 400);
    return { data: [...pen.getImageData(0, 0, 400, 400).data], width: 400, height: 400 };
  });
  return jsQR(new Uint8ClampedArray(data), width, height)?.data ?? '';
}

/** From the set-up page to the recovery codes. */
async function setUp(page: Page, away: number): Promise<{ secret: string; recoveryCodes: string[] }> {
  await page.getByLabel('Your password').fill(given('PEOPLE_PASSWORD'));
  await page.getByRole('button', { name: 'Set it up' }).click();
  const address = new URL(await scan(page));
  const read = address.searchParams.get('secret') ?? '';
  const shown = await page.getByRole('main').locator('code').innerText();
  expect(shown.replaceAll(/\s/g, '')).toBe(read);
  await expectAccessible(page);
  usedCode = codeAt(read, stepAt(Date.now()) + away);
  await page.getByRole('textbox', { name: 'Code' }).fill(usedCode);
  await page.getByRole('button', { name: 'Turn it on' }).click();
  const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
  await expect(codes).toHaveCount(10);
  return { secret: read, recoveryCodes: await codes.allInnerTexts() };
}

async function newsFor(page: Page, email: string, subject: string): Promise<void> {
  await expect
    .poll(async () =>
      (await captured(page.request, '&channel=email')).some((mail) => mail.to === email && mail.subject === subject),
    )
    .toBe(true);
}

test('two-factor sign-in is set up with a picture or a key, after the password, and ends in recovery codes', async ({
  page,
}) => {
  await enterPassword(page, given('CAREFUL_EMAIL'));
  await expect(page).toHaveURL(/overview/);
  await page.goto('/settings/profile');
  await page.getByRole('link', { name: 'Set up' }).click();
  await expect(page.getByRole('heading', { name: 'Two-factor sign-in' })).toBeVisible();
  await isAlive(page.getByLabel('Your password'));
  await page.getByLabel('Your password').fill('not my password');
  await page.getByRole('button', { name: 'Set it up' }).click();
  await expect(page.getByText('This is not your password.')).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('Your password').fill(given('PEOPLE_PASSWORD'));
  await page.getByRole('button', { name: 'Set it up' }).click();
  await page.getByRole('textbox', { name: 'Code' }).fill('000000');
  await page.getByRole('button', { name: 'Turn it on' }).click();
  await expect(page.getByText(/This code is not right/)).toBeVisible();
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await expectNoSidewaysScroll(page);
  }
  await page.reload();
  ({ secret, recoveryCodes } = await setUp(page, -1));
  await expectAccessible(page);
  await expect(page.getByRole('button', { name: 'Continue' })).toBeDisabled();
  await page.getByLabel('I have kept them').check();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('10 of 10 recovery codes left')).toBeVisible();
  await expectAccessible(page);
  await newsFor(page, given('CAREFUL_EMAIL'), 'Two-factor sign-in is on');
});

test('a password alone opens nothing; with a code it leads to where one was going', async ({ page }) => {
  await enterPassword(page, given('CAREFUL_EMAIL'));
  await expect(page.getByRole('heading', { name: 'Enter your code' })).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  expect((await page.request.get('/api/v1/workspace')).status()).toBe(401);
  await page.goto('/settings/profile');
  await expect(page).toHaveURL(/\/sign-in\/code\?to=%2Fsettings%2Fprofile/);
  await codePage(page);
  await enterCode(page, '123 45');
  await expect(page.getByText(/This code is not right/)).toBeVisible();
  await enterCode(page, usedCode);
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeEnabled();
  await expect(page.getByText(/This code is not right/)).toBeVisible();
  await enterCode(page, codeAt(secret, stepAt(Date.now())));
  await expect(page).toHaveURL(/\/settings\/profile$/);
  expect((await page.request.get('/api/v1/workspace')).status()).toBe(200);
});

test('a mailed link asks for a code as well, a recovery code does, once, and its person is told', async ({ page }) => {
  await page.goto('/sign-in');
  await isAlive(page.getByLabel('Email'));
  await page.getByLabel('Email').fill(given('CAREFUL_EMAIL'));
  await page.getByRole('button', { name: 'Email me a link' }).click();
  await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeVisible();
  let link = '';
  await expect
    .poll(async () => {
      const mails = await captured(page.request, '&channel=email&q=sign%20in');
      const id = mails.find((mail) => mail.to === given('CAREFUL_EMAIL') && mail.subject?.startsWith('Your link'))?.id;
      if (!id) return '';
      const mail = await (await page.request.get(`${given('WAYBILL_CAPTURE_HTTP_URL')}/inbox/${id}`)).json();
      link = /http\S+\/sign-in\/confirm\?\S+/.exec(mail.text ?? '')?.[0] ?? '';
      return link;
    })
    .not.toBe('');
  await page.goto(link);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Enter your code' })).toBeVisible();
  await codePage(page);
  await enterRecoveryCode(page, recoveryCodes[0] ?? '');
  await expect(page).toHaveURL(/overview/);
  await newsFor(page, given('CAREFUL_EMAIL'), 'A recovery code was used to sign in');
  await page.context().clearCookies();
  await enterPassword(page, given('CAREFUL_EMAIL'));
  await codePage(page);
  await enterRecoveryCode(page, recoveryCodes[0] ?? '');
  await expect(page.getByText(/This code is not right/)).toBeVisible();
  await page.getByRole('button', { name: 'Sign in as somebody else' }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
});

/** In, by the next recovery code that was not used. */
async function comeIn(page: Page): Promise<void> {
  await enterPassword(page, given('CAREFUL_EMAIL'));
  await codePage(page);
  await enterRecoveryCode(page, recoveryCodes.pop() ?? '');
  await expect(page).toHaveURL(/overview/);
}

test('a workspace may ask for it: members set it up before they see anything, and an owner can reset it', async ({
  page,
  browser,
}) => {
  await comeIn(page);
  await page.goto('/settings/workspace');
  await isAlive(page.getByLabel('Name', { exact: true }));
  await page.getByLabel('Members need two-factor sign-in').check();
  await page.getByRole('button', { name: 'Save settings' }).click();
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();

  const context = await browser.newContext({ baseURL: given('BASE_URL') });
  const theirs = await context.newPage();
  await enterPassword(theirs, given('COLLEAGUE_EMAIL'));
  await expect(theirs.getByText('Fjord Mobil asks for it')).toBeVisible();
  expect((await theirs.request.get('/api/v1/campaigns')).status()).toBe(403);
  for (const path of ['/campaigns', '/settings/profile']) {
    await theirs.goto(path);
    await expect(theirs).toHaveURL(/\/two-factor\?to=/);
  }
  await expectAccessible(theirs);
  await setUp(theirs, 0);
  await theirs.getByLabel('I have kept them').check();
  await theirs.getByRole('button', { name: 'Continue' }).click();
  await expect(theirs).toHaveURL(/\/settings\/profile$/);

  await page.goto('/settings/members');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Reset two-factor sign-in of Per Dahl' }).click();
  await page.getByRole('button', { name: 'Reset it' }).click();
  await expect(page.getByText('Per Dahl signs in without a code now')).toBeVisible();
  await newsFor(page, given('COLLEAGUE_EMAIL'), 'Your two-factor sign-in was reset');
  await theirs.goto('/campaigns');
  await expect(theirs).toHaveURL(/\/sign-in/);
  await context.close();

  await page.goto('/settings/workspace');
  await isAlive(page.getByLabel('Name', { exact: true }));
  await page.getByLabel('Members need two-factor sign-in').uncheck();
  await page.getByRole('button', { name: 'Save settings' }).click();
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
});

test('a key is made only after a recent proof of who one is', async ({ page }) => {
  await comeIn(page);
  const sql = postgres(given('DATABASE_URL'), { max: 1 });
  await sql`
    update user_sessions set proved_at = now() - interval '31 minutes'
    where user_id = (select id from users where email = ${given('CAREFUL_EMAIL')})`;
  await sql.end();
  await page.goto('/settings/keys');
  await expectAccessible(page);
  const makeKey = async () => {
    await page.getByRole('button', { name: 'Make a key' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('CRM');
    await dialog.getByLabel('contacts.read').or(dialog.getByRole('checkbox').first()).first().check();
    await dialog.getByRole('button', { name: 'Make the key' }).click();
    return dialog;
  };
  const refused = await makeKey();
  await expect(refused.getByText(/more than 30 minutes since you proved/)).toBeVisible();
  await refused.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('link', { name: 'Confirm' }).click();
  await expect(page.getByRole('heading', { name: 'Confirm that it is you' })).toBeVisible();
  await expectAccessible(page);
  await isAlive(page.getByLabel('Your password'));
  await page.getByLabel('Your password').fill(given('PEOPLE_PASSWORD'));
  await page.getByRole('button', { name: 'Confirm' }).click();
  await expect(page).toHaveURL(/settings\/keys/);
  const made = await makeKey();
  await expect(made.getByText(/wb_live_/)).toBeVisible();
});

test('it is turned off with password and code, and a password is enough again', async ({ page }) => {
  await comeIn(page);
  await page.goto('/settings/profile');
  await page.getByRole('button', { name: 'New recovery codes' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Use a recovery code' }).click();
  await dialog.getByLabel('Recovery code').fill(recoveryCodes.pop() ?? '');
  await dialog.getByRole('button', { name: 'Make new ones' }).click();
  const codes = dialog.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
  await expect(codes).toHaveCount(10);
  const renewed = await codes.allInnerTexts();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Turn off' }).click();
  await expectAccessible(page);
  await dialog.getByLabel('Your password').fill('not my password');
  await dialog.getByRole('button', { name: 'Turn it off' }).click();
  await expect(dialog.getByText('This is not your password.')).toBeVisible();
  await dialog.getByLabel('Your password').fill(given('PEOPLE_PASSWORD'));
  await dialog.getByRole('button', { name: 'Use a recovery code' }).click();
  await dialog.getByLabel('Recovery code').fill(recoveryCodes[1] ?? '');
  await dialog.getByRole('button', { name: 'Turn it off' }).click();
  await expect(dialog.getByText(/This code is not right/)).toBeVisible();
  await dialog.getByLabel('Recovery code').fill(renewed[0] ?? '');
  await dialog.getByRole('button', { name: 'Turn it off' }).click();
  await expect(page.getByText('Two-factor sign-in is off.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Set up' })).toBeVisible();
  await page.context().clearCookies();
  await enterPassword(page, given('CAREFUL_EMAIL'));
  await expect(page).toHaveURL(/overview/);
});
