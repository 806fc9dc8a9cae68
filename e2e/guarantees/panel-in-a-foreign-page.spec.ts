import { expect, type Page, test } from '@playwright/test';
import { given, signIn } from '../product';

const ALLOWED = 'https://crm.example.com';
const OTHERS = ['https://evil.example.com', 'https://crm.example.com.evil.example', 'http://crm.example.com'];

async function api<T>(page: Page, method: 'get' | 'post' | 'patch', path: string, data?: object): Promise<T> {
  const answer = await page.request[method](`/api/v1/${path}`, { data, headers: { origin: given('BASE_URL') } });
  expect(answer.ok(), `${method} ${path}: ${await answer.text()}`).toBe(true);
  return await answer.json();
}

/** A page of another site, really at its origin for the browser, with one frame. */
async function framedBy(page: Page, origin: string, address: string) {
  await page.route(`${origin}/**`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><title>CRM</title><iframe src="${address}" width="600" height="400"></iframe>`,
    }),
  );
  const refused: string[] = [];
  page.on('console', (message) => {
    if (/frame-ancestors|Framing/.test(message.text())) refused.push(message.text());
  });
  await page.goto(`${origin}/customer`, { waitUntil: 'load' });
  expect(new URL(page.url()).origin).toBe(origin);
  const frame = page.frames()[1];
  if (!frame) throw new Error('The page has no frame');
  return { frame, refused };
}

test('the panel of a customer is shown in the page of a site that the workspace names, and in no other', async ({
  page,
  context,
}) => {
  await signIn(page);
  await api(page, 'patch', 'workspace', { settings: { frameAncestors: [ALLOWED] } });
  const { items } = await api<{ items: { id: string }[] }>(page, 'get', 'contacts?limit=1');
  const link = () => api<{ url: string }>(page, 'post', `contacts/${items[0]?.id}/panel-link`, { minutes: 5 });

  const allowed = await context.newPage();
  const shown = await framedBy(allowed, ALLOWED, (await link()).url);
  await expect(shown.frame.getByText('This panel ends')).toBeVisible();
  expect(shown.refused).toEqual([]);
  await allowed.close();

  for (const origin of OTHERS) {
    const other = await context.newPage();
    const { frame, refused } = await framedBy(other, origin, (await link()).url);
    await expect.poll(() => refused.length, `${origin} was refused`).toBeGreaterThan(0);
    await expect(frame.getByText('This panel ends'), origin).toHaveCount(0);
    expect(frame.url(), origin).not.toContain('/embed/');
    await other.close();
  }
});

test('no other page of ours is shown in a foreign page, even of the site that may show the panel', async ({
  page,
  context,
}) => {
  await signIn(page);
  for (const path of ['/overview', '/sign-in', '/settings/keys', '/developers']) {
    const other = await context.newPage();
    const { refused } = await framedBy(other, ALLOWED, `${given('BASE_URL')}${path}`);
    await expect.poll(() => refused.length, path).toBeGreaterThan(0);
    await other.close();
  }
});
