import { expect, test } from '@playwright/test';
import { captured, given, signIn } from '../product';

const publicUrl = () => given('WAYBILL_PUBLIC_URL');
const DASHBOARD = [
  '/',
  '/overview',
  '/sign-in',
  '/settings/keys',
  '/developers',
  '/api/v1/workspace',
  '/api/auth/csrf',
  '/api/inngest',
];
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

test('links, pixels and pictures in messages lead to the host for recipients, which knows no dashboard and no cookie', async ({
  page,
  browser,
}) => {
  // the newest are those whose people unsubscribe in another test
  const message = (await captured(page.request, '&channel=email&q=Aurora')).at(-1);
  const { raw } = await (await page.request.get(`${given('WAYBILL_CAPTURE_HTTP_URL')}/inbox/${message?.id}`)).json();
  const text = String(raw)
    .replace(/=\r?\n/g, '')
    .replaceAll('=3D', '=');
  const origins = new Set([...text.matchAll(/https?:\/\/(?:localhost|127\.0\.0\.1):\d+/g)].map(([origin]) => origin));
  expect([...origins]).toEqual([publicUrl()]);
  const unsubscribe = /^list-unsubscribe:\s*(?:\r?\n\s+)?<([^>]+)>/im.exec(text)?.[1] ?? '';
  const open = /https?:\/\/[^"\s]+\/api\/t\/o\/[\w.-]+/.exec(text)?.[0] ?? '';
  const click = /https?:\/\/[^"\s]+\/api\/t\/c\/[\w.-]+\/\d+/.exec(text)?.[0] ?? '';

  const recipient = await browser.newContext();
  const theirs = await recipient.newPage();
  await theirs.goto(unsubscribe);
  await expect(theirs.getByRole('button', { name: 'Unsubscribe' })).toBeVisible();
  await theirs.getByRole('link', { name: 'Choose what you receive' }).click();
  await expect(theirs.getByRole('heading', { name: 'What you receive' })).toBeVisible();
  expect(new URL(theirs.url()).origin).toBe(publicUrl());
  expect(await recipient.cookies()).toEqual([]);
  for (const address of [unsubscribe, open, click]) {
    const answer = await recipient.request.get(address, { maxRedirects: 0 });
    expect(answer.status(), address).toBeLessThan(400);
    expect(answer.headers()['set-cookie'], address).toBeUndefined();
    const onDashboard = await recipient.request.get(address.replace(publicUrl(), given('BASE_URL')), {
      maxRedirects: 0,
    });
    expect(onDashboard.status(), `${address} of an earlier message`).toBe(answer.status());
  }
  await recipient.close();
});

test('the dashboard is not on the host for recipients, signed in or not, in no disguise', async ({
  page,
  playwright,
}) => {
  await signIn(page);
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const stranger = await playwright.request.newContext({ baseURL: publicUrl() });
  const disguises: Record<string, string>[] = [
    {},
    { cookie },
    { 'x-forwarded-host': new URL(given('BASE_URL')).host },
    { 'x-middleware-subrequest': Array(5).fill('proxy').join(':') },
    { rsc: '1', 'next-router-prefetch': '1' },
    { 'next-action': '0'.repeat(40) },
  ];
  for (const path of DASHBOARD) {
    for (const headers of disguises) {
      const answer = await stranger.get(path, { headers, maxRedirects: 0 });
      expect.soft(answer.status(), `${path} ${Object.keys(headers).join()}`).toBe(404);
      expect.soft(answer.headers()['set-cookie']).toBeUndefined();
    }
  }
  await stranger.dispose();
});

test('a picture comes from there as nothing but a picture', async ({ page, playwright }) => {
  await signIn(page);
  const stored = await page.request.post('/api/v1/templates/assets?name=dot.html', {
    data: Buffer.from(PIXEL, 'base64'),
    headers: { origin: given('BASE_URL'), 'content-type': 'application/octet-stream' },
  });
  const { src } = await stored.json();
  const stranger = await playwright.request.newContext({ baseURL: publicUrl() });
  const answer = await stranger.get(src);
  expect(answer.status()).toBe(200);
  expect(answer.headers()).toMatchObject({
    'content-type': 'image/png',
    'content-disposition': expect.stringMatching(/^inline; filename\*=UTF-8''dot\.png$/),
    'content-security-policy': expect.stringMatching(/default-src 'none'.*sandbox/),
    'x-content-type-options': 'nosniff',
  });
  expect(answer.headers()['set-cookie']).toBeUndefined();
  await stranger.dispose();
});
