import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type Page, test } from '@playwright/test';
import postgres from 'postgres';
import { given, signIn } from '../product';

interface Site {
  origin: string;
  server: Server;
}

/** Another system with a page that frames whatever address it is asked for. */
async function openSite(): Promise<Site> {
  const server = createServer((request, response) => {
    const address = new URL(request.url ?? '/', 'http://site').searchParams.get('frame') ?? '';
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(`<!doctype html><title>CRM</title><iframe src="${address}" width="600" height="400"></iframe>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

let named: Site;
let other: Site;

/** Settings take https origins only, which a site on this machine has none of; with it the form of settings cannot be saved. */
async function nameSites(origins: string[]): Promise<void> {
  const sql = postgres(given('DATABASE_URL'), { max: 1 });
  await sql`update workspaces set settings = settings || ${sql.json({ frameAncestors: origins })} where demo`;
  await sql.end();
}

test.beforeAll(async () => {
  [named, other] = await Promise.all([openSite(), openSite()]);
  await nameSites([named.origin]);
});
test.afterAll(async () => {
  await nameSites([]);
  for (const { server } of [named, other]) server.close();
});

/** What the frame in a page of that site shows, and what the browser said of it. */
async function framedBy(page: Page, { origin }: Site, address: string) {
  const refused: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('frame-ancestors')) refused.push(message.text());
  });
  await page.goto(`${origin}/customer?frame=${encodeURIComponent(address)}`);
  const frame = page.frames()[1];
  if (!frame) throw new Error('The page has no frame');
  return { frame, refused };
}

test('the panel of a customer is shown in the page of a site that the workspace names, and in no other', async ({
  page,
  context,
}) => {
  await signIn(page);
  const contacts = await page.request.get('/api/v1/contacts?limit=1');
  const { items } = (await contacts.json()) as { items: { id: string }[] };
  const linked = await page.request.post(`/api/v1/contacts/${items[0]?.id}/panel-link`, {
    data: { minutes: 5 },
    headers: { origin: given('BASE_URL') },
  });
  const { url } = (await linked.json()) as { url: string };

  const allowed = await context.newPage();
  const shown = await framedBy(allowed, named, url);
  await expect(shown.frame.getByText('This panel ends')).toBeVisible();
  expect(shown.refused).toEqual([]);

  const foreign = await context.newPage();
  const hidden = await framedBy(foreign, other, url);
  await expect.poll(() => hidden.refused.length).toBeGreaterThan(0);
  await expect(hidden.frame.getByText('This panel ends')).toHaveCount(0);
  expect(hidden.frame.url()).not.toContain('/embed/');
});

test('no other page of ours is shown in a foreign page, even of the site that may show the panel', async ({
  page,
  context,
}) => {
  await signIn(page);
  for (const path of ['/overview', '/sign-in', '/settings/keys', '/developers']) {
    const foreign = await context.newPage();
    const { refused } = await framedBy(foreign, named, `${given('BASE_URL')}${path}`);
    await expect.poll(() => refused.length, path).toBeGreaterThan(0);
    await foreign.close();
  }
});
