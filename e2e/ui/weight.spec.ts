import { gzipSync } from 'node:zlib';
import { expect, type Response, test } from '@playwright/test';
import { everyPage } from '../every-page';
import { LIST_PAGES } from '../list-pages';
import { given, signIn } from '../product';

const MOST_BYTES = 150_000;
const ROWS_OF_ONE_THING =
  /^\/(runs\/[^/]+\/(deliveries|excluded)|lists\/[^/]+|segments\/[^/]+\/contacts|outputs\/[^/]+)/;

test('no list page loads more than 150 kB of script, gzipped, before it rests', async ({ page }) => {
  test.setTimeout(300_000);
  await signIn(page);
  const details = (await everyPage(page.request, given('RUN_ID'))).filter(({ path }) => ROWS_OF_ONE_THING.test(path));
  // nothing comes from the cache: each page is weighed as the first one of a visit
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Network.setCacheDisabled', { cacheDisabled: true });
  const weights: Record<string, number> = {};
  for (const path of [...LIST_PAGES.map((one) => `/${one}`), ...details.map((one) => one.path)]) {
    const scripts: Promise<number>[] = [];
    const weigh = (response: Response) => {
      if (response.request().resourceType() === 'script')
        scripts.push(response.body().then((body) => gzipSync(body).length));
    };
    page.on('response', weigh);
    await page.goto(path, { waitUntil: 'networkidle' });
    page.off('response', weigh);
    weights[path] = (await Promise.all(scripts)).reduce((sum, bytes) => sum + bytes, 0);
  }
  for (const [path, bytes] of Object.entries(weights).sort(([, a], [, b]) => b - a))
    console.log(`   ${(bytes / 1000).toFixed(1)} kB  ${path}`);
  expect(Object.entries(weights).filter(([, bytes]) => bytes > MOST_BYTES || bytes === 0)).toEqual([]);
});
