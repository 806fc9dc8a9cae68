import { expect, test } from '@playwright/test';
import { captured, given } from '../product';

test('opening the unsubscribe page changes nothing; its button, and the one-click POST, opt the contact out', async ({
  page,
  request,
}) => {
  const [first, second] = await captured(request, '&channel=email&q=Aurora');
  const linkOf = async (id: string | undefined) => {
    const message = await request
      .get(`${given('WAYBILL_CAPTURE_HTTP_URL')}/inbox/${id}`)
      .then((answer) => answer.json());
    const header = /^list-unsubscribe:\s*(?:\r?\n\s+)?<([^>]+)>/im.exec(message.raw)?.[1];
    expect(message.raw).toMatch(/list-unsubscribe-post:\s*List-Unsubscribe=One-Click/i);
    if (!header) throw new Error('The message has no List-Unsubscribe header');
    return header;
  };
  const byButton = await linkOf(first?.id);
  await page.goto(byButton);
  const button = page.getByRole('button', { name: /unsubscribe/i }).first();
  await expect(button).toBeVisible();
  await page.reload();
  await expect(button).toBeVisible();
  await button.click();
  await expect(page.getByText(/unsubscribed|no longer|will not/i).first()).toBeVisible();
  const byPost = await linkOf(second?.id);
  const answer = await request.post(byPost, { form: { 'List-Unsubscribe': 'One-Click' }, maxRedirects: 0 });
  expect(answer.status()).toBeLessThan(400);
  await page.goto(byPost);
  await expect(page.getByText(/unsubscribed|no longer|will not/i).first()).toBeVisible();
});
