import { expect, test } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from '../product';
import { scenes } from '../scenes';

for (const { scheme, width } of [
  { scheme: 'light', width: 1440 },
  { scheme: 'dark', width: 390 },
] as const) {
  test.describe(`what one comes to only by doing something, in the ${scheme} scheme at ${width} px`, () => {
    test.use({ colorScheme: scheme, viewport: { width, height: 900 } });
    for (const { person, signIn, pages } of scenes(process.env)) {
      test(`reads and fits as ${person}`, async ({ page }) => {
        test.setTimeout(300_000);
        await page.emulateMedia({ reducedMotion: 'reduce' });
        const broken: string[] = [];
        page.on('pageerror', (error) => broken.push(`${page.url()}: ${error.message}`));
        await signIn(page);
        for (const { name, path, first } of await pages(page.request)) {
          await test.step(name, async () => {
            const answer = await page.goto(path);
            expect.soft(answer?.status(), path).toBe(200);
            await first?.(page);
            await expectNoSidewaysScroll(page);
            await expectAccessible(page);
          });
        }
        expect(broken).toEqual([]);
      });
    }
  });
}
