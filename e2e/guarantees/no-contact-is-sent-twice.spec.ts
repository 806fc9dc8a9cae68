import { expect, test } from '@playwright/test';
import { captured, given, signIn } from '../product';

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
  const launch = (await captured(request, '&channel=email')).filter(
    (message) => message.to !== 'campaigns@merlion-mobile.example',
  );
  const texts = await captured(request, '&channel=sms');
  expect(new Set(launch.map((message) => message.to)).size).toBe(launch.length);
  expect(launch.length).toBe(email.counts.accepted);
  expect(texts.length).toBe(sms.counts.accepted);
  expect(recorded.counts.accepted).toBe(progress.audience);
});
