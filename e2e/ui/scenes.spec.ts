import { expect, test } from '@playwright/test';
import { changeScheme, expectAccessible, expectNoSidewaysScroll, expectReadable } from '../product';
import { scenes } from '../scenes';

test.use({ trace: 'off' });

for (const { scheme, other, width } of [
  { scheme: 'light', other: 'dark', width: 1440 },
  { scheme: 'dark', other: 'light', width: 390 },
] as const) {
  test.describe(`what one comes to only by doing something, at ${width} px`, () => {
    test.use({ viewport: { width, height: 900 } });
    for (const { person, signIn, pages } of scenes(process.env)) {
      test(`reads and fits in both schemes as ${person}`, async ({ page }) => {
        test.setTimeout(300_000);
        const broken: string[] = [];
        page.on('pageerror', (error) => broken.push(`${page.url()}: ${error.message}`));
        await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
        await signIn(page);
        for (const { name, path, first } of await pages(page.request)) {
          await test.step(name, async () => {
            await page.emulateMedia({ colorScheme: scheme });
            const answer = await page.goto(path);
            expect.soft(answer?.status(), path).toBe(200);
            await first?.(page);
            await expectNoSidewaysScroll(page);
            await expectAccessible(page);
            await changeScheme(page, other);
            await expectReadable(page);
          });
        }
        expect(broken).toEqual([]);
      });
    }
  });
}
