import { readdirSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { given, signIn } from '../product';

/** Every page of the dashboard with something in the place of what varies. */
const PAGES = readdirSync('app/(app)', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('/page.tsx'))
  .map((file) =>
    `/${file}`
      .replace(/\/page\.tsx$/, '')
      .replace(/\[(\w+)\]/g, (_, name: string) => (name === 'runId' ? given('RUN_ID') : 'none')),
  );

/** Ways in which a framework was once talked out of its own checks. */
const DISGUISES: { name: string; headers: Record<string, string>; address: (path: string) => string }[] = [
  { name: 'plainly', headers: {}, address: (path) => path },
  {
    name: 'as a request that was checked already',
    headers: { 'x-middleware-subrequest': Array(5).fill('proxy').join(':') },
    address: (path) => path,
  },
  { name: 'as a payload', headers: { rsc: '1' }, address: (path) => `${path}?_rsc=1` },
  { name: 'as a payload by its name', headers: {}, address: (path) => `${path}.rsc` },
  {
    name: 'as a prefetched part',
    headers: { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
    address: (path) => path,
  },
  { name: 'with a parameter of the router', headers: {}, address: (path) => `${path}?nxtPrunId=${given('RUN_ID')}` },
];

test('without a session no page shows anything of a workspace, however it is asked', async ({ page, playwright }) => {
  test.setTimeout(300_000);
  expect(PAGES.length).toBeGreaterThan(30);
  await signIn(page);
  const { name } = (await (await page.request.get('/api/v1/workspace')).json()) as { name: string };
  expect(name.length).toBeGreaterThan(3);
  const stranger = await playwright.request.newContext({ baseURL: given('BASE_URL') });
  for (const path of PAGES) {
    for (const { name: how, headers, address } of DISGUISES) {
      const answer = await stranger.get(address(path), { headers, maxRedirects: 0 });
      const body = await answer.text();
      expect.soft(answer.status(), `${path} ${how}`).toBeLessThan(500);
      expect.soft(body.includes(name), `${path} ${how} shows the workspace`).toBe(false);
      expect.soft(body.includes('@example.'), `${path} ${how} shows an address`).toBe(false);
    }
  }
  await stranger.dispose();
});
