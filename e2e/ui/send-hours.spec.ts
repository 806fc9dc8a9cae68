import { expect, type Page, test } from '@playwright/test';
import postgres from 'postgres';
import { byMouse } from '../hands';
import { changeScheme, expectAccessible, expectNoSidewaysScroll, given, isAlive, signIn } from '../product';
import { zoneAt } from '../zone-at';

const PEOPLE = 3;

/** A list of people for whom it is three in the night. */
async function sleepers(sql: postgres.Sql, name: string): Promise<void> {
  await sql`
    with place as (select id from workspaces where demo), list as (
      insert into lists (id, workspace_id, name) select ${`lst_${name}`}, id, ${name} from place returning id, workspace_id
    ), people as (
      insert into contacts (id, workspace_id, external_id, email, phone, first_name, time_zone)
      select ${`con_${name}`} || n, workspace_id, ${name} || n, ${name} || n || '@example.com', '+6581110' || lpad(n::text, 3, '0'),
        'Noor', ${zoneAt(3)}
      from list, generate_series(1, ${PEOPLE}::int) n returning id, workspace_id
    )
    insert into subscriptions (workspace_id, list_id, contact_id, status, source)
    select people.workspace_id, list.id, people.id, 'subscribed', 'test' from people, list`;
}

/** Lets the night pass for the people of a run: it is about noon where they are. */
async function noon(sql: postgres.Sql, runId: string): Promise<void> {
  await sql`update run_members set snapshot = snapshot || jsonb_build_object('time_zone', ${zoneAt(12)}::text) where run_id = ${runId}`;
  await sql`update batches set not_before = now() where run_id = ${runId} and state = 'ready'`;
}

/** The wide window by day and the narrow one by night. */
async function bothLooks(page: Page): Promise<void> {
  for (const [width, colorScheme] of [
    [1440, 'light'],
    [390, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await changeScheme(page, colorScheme);
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await changeScheme(page, 'light');
}

test('the workspace is given hours, a campaign its own, and a run waits for them and then goes on', async ({
  page,
}) => {
  test.setTimeout(300_000);
  await signIn(page);
  const hands = byMouse(page);
  const name = `night${Date.now().toString(36)}`;
  const sql = postgres(given('DATABASE_URL'), { max: 1 });
  await sleepers(sql, name);

  await test.step('hours of the workspace', async () => {
    await page.goto('/settings/workspace');
    await isAlive(page.getByLabel('SMS only within hours'));
    await hands.tick(page.getByLabel('SMS only within hours'));
    await expect(page.getByText('Goes every day from 09:00 to 21:00 where the customer is.')).toBeVisible();
    await hands.pick(page.getByLabel('SMS until'), '20:00');
    await bothLooks(page);
    await hands.press(page.getByRole('button', { name: 'Save settings' }));
    await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
    await page.reload();
    await expect(page.getByText('Goes every day from 09:00 to 20:00 where the customer is.')).toBeVisible();
  });

  await test.step('hours of the campaign', async () => {
    await page.goto('/campaigns/new');
    await isAlive(page.getByLabel('Name', { exact: true }));
    await page.getByLabel('Name', { exact: true }).fill(`Campaign ${name}`);
    await page.getByRole('button', { name: 'Create campaign' }).click();
    await expect(page).toHaveURL(/\/campaigns\/cmp_/, { timeout: 60_000 });
    await hands.pick(page.getByLabel('Send to: add'), name);
    await hands.press(page.getByRole('button', { name: 'SMS', exact: true }));
    await hands.pick(page.getByLabel('Template', { exact: true }), 'Aurora 9 reminder');
    await hands.pick(page.getByLabel('Sender', { exact: true }), 'Merlion');
    const when = page.locator('#when');
    await expect(when.getByRole('radio', { name: 'As the workspace has it for SMS' })).toBeChecked();
    await expect(when.getByText('Goes every day from 09:00 to 20:00 where the customer is.')).toBeVisible();
    await when.getByText('SMS at any time').click();
    await expect(when.getByText('This goes beyond the hours of the workspace.')).toBeVisible();
    await when.getByText('SMS within hours of this campaign').click();
    await expect(when.getByText('This goes beyond the hours of the workspace.')).toBeHidden();
    await hands.pick(when.getByLabel('SMS from'), '10:00');
    await when.getByLabel('Sunday').click();
    await expect(when.getByText(/Goes Monday to Saturday from 10:00 to 20:00 where/)).toBeVisible();
    // whatever weekday it is there, it is a day on which it goes
    await when.getByLabel('Sunday').click();
    await expect(page.getByRole('status').filter({ hasText: /^Saved$/ })).toBeVisible();
    await bothLooks(page);
  });

  await test.step('pre-flight and launch', async () => {
    await page.getByRole('button', { name: 'Pre-flight' }).first().click();
    await expect(page.getByRole('heading', { level: 1, name: 'Pre-flight' })).toBeVisible();
    const send = page.getByRole('button', { name: `Send to ${PEOPLE}` });
    await expect(send).toBeVisible();
    for (const box of await page.locator('[data-finding] [type=checkbox]').all()) await box.click();
    await send.click();
    await expect(page).toHaveURL(/\/runs\/run_/);
  });

  const runId = /run_\w+/.exec(page.url())?.[0] ?? '';
  await test.step('the run waits', async () => {
    await expect(page.getByText(`${PEOPLE} people wait for SMS until 10:00 where they are`)).toBeVisible({
      timeout: 40_000,
    });
    await expect(page.getByText(`${PEOPLE} wait for the hours in which messages may leave.`)).toBeVisible();
    await bothLooks(page);
    const progress = await (await page.request.get(`/api/v1/runs/${runId}/progress`)).json();
    expect(progress).toMatchObject({ status: 'sending', balanced: true, outsideHours: { n: PEOPLE } });
    expect(progress.steps[0].counts).toMatchObject({ accepted: 0, waiting: PEOPLE });
  });

  await test.step('the service desk says until when', async () => {
    await page.goto(`/service?q=${name}1`);
    if (!/\/service\/contacts\//.test(page.url())) await page.getByRole('link', { name: /Noor/ }).first().click();
    await expect(page.getByText(/waits until 10:00 where the customer is/)).toBeVisible();
  });

  await test.step('and goes on by itself', async () => {
    await noon(sql, runId);
    await page.goto(`/runs/${runId}`);
    await expect(page.getByText('Completed', { exact: true }).first()).toBeVisible({ timeout: 90_000 });
    await expect(page.getByText(/wait for SMS until/)).toBeHidden();
    const progress = await (await page.request.get(`/api/v1/runs/${runId}/progress`)).json();
    expect(progress).toMatchObject({ status: 'completed', balanced: true, outsideHours: null });
    expect(progress.steps[0].counts).toMatchObject({ accepted: PEOPLE });
  });

  await sql`update workspaces set settings = settings - 'sendHours' where demo`;
  await sql.end();
});
