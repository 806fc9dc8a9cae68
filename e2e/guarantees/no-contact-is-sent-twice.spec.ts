import { expect, test } from '@playwright/test';
import { type Captured, captured, given, signIn } from '../product';

test('what the run page says was accepted is what arrived, and nobody got a message twice', async ({
  page,
  request,
}) => {
  await signIn(page);
  const progress = await page.request.get(`/api/v1/runs/${given('RUN_ID')}/progress`).then((answer) => answer.json());
  expect(progress.status).toBe('completed');
  expect(progress.balanced).toBe(true);
  const [email, recorded, sms] = progress.steps;
  for (const step of progress.steps) {
    const sum = Object.values(step.counts as Record<string, number>).reduce((total, n) => total + n, 0);
    expect(sum).toBe(progress.audience);
  }
  // beside the run there are its receipts, and a workspace of the seed whose people are Norwegian
  const isOther = ({ to }: Captured) => /^(campaigns@merlion-mobile|.*@midnattsol)\.example$|^\+47/.test(to);
  const launch = (await captured(request, '&channel=email')).filter((message) => !isOther(message));
  const texts = (await captured(request, '&channel=sms')).filter((message) => !isOther(message));
  expect(new Set(launch.map((message) => message.to)).size).toBe(launch.length);
  expect(launch.length).toBe(email.counts.accepted);
  expect(texts.length).toBe(sms.counts.accepted);
  expect(recorded.counts.accepted).toBe(progress.audience);
});
