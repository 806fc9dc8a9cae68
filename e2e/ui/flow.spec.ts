import { expect, type Page, test } from '@playwright/test';
import { byKeyboard, byMouse, type Hands } from '../hands';
import { captured, given, signIn } from '../product';

const PEOPLE = 12;

/** Twelve people who can be written to, one of them only at the second attempt, and a row that cannot be read. */
function people(tier: string): Buffer {
  const plain = ['Zoë', 'Nguyễn', 'O’Brien', 'Łukasz', 'Mei', 'Ravi', 'Siti', 'Tan', 'Ubaid'];
  const names = [...plain, 'Ada <b>Bold</b>', 'عمر الفاروق'];
  const rows = names.map((name, n) => `${tier}-${n},${name},person${n}.${tier}@example.com,yes,${tier}`);
  return Buffer.from(
    [
      'Customer No,First Name,E-mail,Email Consent,Tier',
      ...rows,
      `${tier}-full,Late,late.${tier}@full-at-first.example,yes,${tier}`,
      `${tier}-bad,Nobody,not an address,yes,${tier}`,
    ].join('\n'),
  );
}

async function importPeople(page: Page, hands: Hands, tier: string): Promise<void> {
  await page.goto('/contacts');
  await hands.press(page.getByRole('link', { name: 'Import contacts' }));
  await hands.attach(page.getByLabel(/Drop a CSV file here/), {
    name: `${tier}.csv`,
    mimeType: 'text/csv',
    buffer: people(tier),
  });
  await expect(page).toHaveURL(/\/contacts\/import\/\w+/);
  await hands.pick(page.getByLabel('Where “Tier” goes'), 'Leave it out');
  await hands.pick(page.getByLabel('Where “Tier” goes'), 'A new attribute');
  await hands.write(page.getByLabel('Name of the new attribute for “Tier”'), `Tier ${tier}`);
  await hands.press(page.getByRole('button', { name: 'Check the file' }));
  await expect(page.getByRole('heading', { name: 'What would happen' })).toBeVisible();
  await expect(page.getByText(`${PEOPLE + 1} rows: ${PEOPLE} new, 0 updated, 0 unchanged, 1 rejected`)).toBeAttached();
  await hands.press(page.getByRole('button', { name: `Import ${PEOPLE} contacts` }));
  await expect(page.getByRole('link', { name: `See the ${PEOPLE} new` })).toBeVisible();
}

async function makeSegment(page: Page, hands: Hands, tier: string): Promise<void> {
  await hands.press(page.getByRole('link', { name: 'Segments', exact: true }));
  await hands.press(page.getByRole('link', { name: 'New segment' }).first());
  await hands.write(page.getByLabel('Name', { exact: true }), `Segment ${tier}`);
  await hands.pick(page.getByRole('button', { name: 'Add condition' }), `Tier ${tier}`);
  await hands.write(page.getByRole('combobox', { name: `Tier ${tier}: add a value` }), tier);
  await page.keyboard.press('Enter');
  const result = page.getByRole('region', { name: 'Who matches' });
  await expect(result.getByText(String(PEOPLE), { exact: true })).toBeVisible();
  await expect(result.getByText('عمر الفاروق')).toBeVisible();
  await hands.press(page.getByRole('button', { name: 'Save segment' }));
  await expect(page.getByText(`“Segment ${tier}” is saved.`)).toBeVisible();
}

async function writeTemplate(page: Page, hands: Hands, tier: string): Promise<void> {
  await hands.press(page.getByRole('link', { name: 'Templates', exact: true }));
  await hands.press(page.getByRole('link', { name: 'New template' }));
  await hands.press(
    page.getByRole('list', { name: 'What to begin with' }).getByRole('button', { name: 'Blank email' }),
  );
  await expect(page).toHaveURL(/\/templates\/tpl_/);
  await hands.write(page.getByLabel('Name of the template'), `Template ${tier}`);
  await hands.write(page.getByRole('textbox', { name: 'Subject' }), `Hello from ${tier}`);
  await hands.press(page.getByRole('list', { name: 'Blocks to add' }).getByRole('button', { name: 'Heading' }));
  await hands.write(page.getByRole('textbox', { name: 'Heading' }), `News for ${tier}`);
  const preview = page.getByRole('complementary', { name: 'Preview' });
  await expect(preview.locator('iframe:not([aria-hidden])').contentFrame().getByText(`News for ${tier}`)).toBeVisible();
  await expect(page.locator('[data-saving=saved]')).toBeVisible();
}

async function buildCampaign(page: Page, hands: Hands, tier: string): Promise<void> {
  await hands.press(page.getByRole('link', { name: 'Campaigns', exact: true }));
  await hands.press(page.getByRole('link', { name: 'New campaign' }).first());
  await hands.write(page.getByLabel('Name', { exact: true }), `Campaign ${tier}`);
  await hands.press(page.getByRole('button', { name: 'Create campaign' }));
  await expect(page).toHaveURL(/\/campaigns\/cmp_/);
  await hands.pick(page.getByLabel('Send to: add'), `Segment ${tier}`);
  await hands.press(page.getByRole('button', { name: 'Email', exact: true }));
  await hands.pick(page.getByLabel('Template', { exact: true }), `Template ${tier}`);
  await hands.pick(page.getByLabel('Sender', { exact: true }), 'Merlion News');
  await expect(page.getByRole('complementary', { name: 'Audience' }).getByText(String(PEOPLE)).first()).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: /^Saved$/ })).toBeVisible();
}

async function sendTest(page: Page, hands: Hands, tier: string): Promise<void> {
  await hands.press(page.getByRole('button', { name: 'Send a test' }));
  const dialog = page.getByRole('dialog', { name: 'Send a test' });
  await hands.press(dialog.getByRole('button', { name: 'Send the test' }));
  await expect(dialog.getByRole('list', { name: 'What came of it' })).toContainText('Accepted');
  await hands.press(dialog.getByRole('button', { name: 'Close' }).first());
  await expect(dialog).toBeHidden();
  const tests = await captured(page.request, `&q=${encodeURIComponent(`[Test] Hello from ${tier}`)}`);
  expect(tests).toHaveLength(1);
}

async function launch(page: Page, hands: Hands): Promise<void> {
  await hands.press(page.getByRole('button', { name: 'Pre-flight' }));
  await expect(page.getByRole('heading', { level: 1, name: 'Pre-flight' })).toBeVisible();
  const send = page.getByRole('button', { name: `Send to ${PEOPLE}` });
  await expect(send).toBeVisible();
  for (const box of await page.locator('[data-finding] [type=checkbox]').all()) await hands.tick(box);
  await expect(send).toBeEnabled();
  await hands.press(send);
  await expect(page).toHaveURL(/\/runs\/run_/);
}

async function watchAndRetry(page: Page, hands: Hands): Promise<void> {
  await expect(page.getByRole('heading', { name: '1 failed' })).toBeVisible({ timeout: 40_000 });
  await expect(page.getByText('was not sent: the mailbox is full.')).toBeVisible();
  await hands.press(page.getByRole('button', { name: 'Retry 1' }));
  await expect(page.getByRole('heading', { name: '1 failed' })).toBeHidden({ timeout: 40_000 });
  await expect(page.getByText('Completed', { exact: true }).first()).toBeVisible();
  const runId = /run_\w+/.exec(page.url())?.[0];
  const progress = await (await page.request.get(`/api/v1/runs/${runId}/progress`)).json();
  expect(progress).toMatchObject({ status: 'completed', balanced: true, audience: PEOPLE });
  expect(progress.steps[0].counts).toMatchObject({ accepted: PEOPLE, failed: 0 });
}

async function readReport(page: Page, hands: Hands, tier: string): Promise<void> {
  await hands.press(page.getByRole('link', { name: 'Report', exact: true }));
  await expect(page.getByRole('heading', { name: 'By step' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(tier);
  const mails = await captured(page.request, `&q=${encodeURIComponent(`Hello from ${tier}`)}`);
  const sent = mails.filter(({ subject }) => !subject?.startsWith('[Test]'));
  expect(new Set(sent.map(({ to }) => to)).size).toBe(PEOPLE);
  expect(sent).toHaveLength(PEOPLE);
}

/** The largest act there is: everybody who has it already gets it once more, in a run of its own. */
async function sendToAllAgain(page: Page, tier: string): Promise<void> {
  await page.goBack();
  const first = /run_\w+/.exec(page.url())?.[0] ?? '';
  await page.getByRole('button', { name: 'Run again' }).click();
  const dialog = page.getByRole('dialog', { name: 'Send again, to whom?' });
  await dialog.getByText('Everybody, from the beginning').click();
  await dialog.getByLabel(`Type ${PEOPLE} to confirm`).fill(String(PEOPLE));
  await dialog.getByRole('button', { name: `Send to all ${PEOPLE}` }).click();
  await expect(page).not.toHaveURL(new RegExp(first));
  await expect(page.getByText('repeats an earlier run')).toBeVisible();
  await expect(page.getByText('Completed', { exact: true }).first()).toBeVisible({ timeout: 60_000 });
  const mails = await captured(page.request, `&q=${encodeURIComponent(`Hello from ${tier}`)}`);
  const sent = mails.filter(({ subject }) => !subject?.startsWith('[Test]'));
  expect(new Set(sent.map(({ to }) => to)).size).toBe(PEOPLE);
  expect(sent).toHaveLength(2 * PEOPLE);
}

for (const [way, handsOf] of [
  ['mouse', byMouse],
  ['keyboard alone', byKeyboard],
] as const) {
  test(`from a file of people to the report of their campaign, by ${way}`, async ({ page }) => {
    test.setTimeout(300_000);
    given('RUN_ID');
    await signIn(page);
    const hands = handsOf(page);
    const tier = `t${Date.now().toString(36)}`;
    await test.step('import', () => importPeople(page, hands, tier));
    await test.step('segment', () => makeSegment(page, hands, tier));
    await test.step('template', () => writeTemplate(page, hands, tier));
    await test.step('campaign', () => buildCampaign(page, hands, tier));
    await test.step('test', () => sendTest(page, hands, tier));
    await test.step('pre-flight and launch', () => launch(page, hands));
    await test.step('watch and retry', () => watchAndRetry(page, hands));
    await test.step('report', () => readReport(page, hands, tier));
    if (way === 'mouse') await test.step('everybody again', () => sendToAllAgain(page, tier));
  });
}
