import { expect, test } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from '../product';
import { scenes } from '../scenes';

for (const { scheme, width } of [
  { scheme: 'light', width: 1440 },
  { scheme: 'dark', width: 390 },
] as const) {
  test(`what one comes to only by doing something reads and fits in the ${scheme} scheme at ${width} px`, async ({
    browser,
    baseURL,
  }) => {
    test.setTimeout(300_000);
    const broken: string[] = [];
    for (const { person, signIn, pages } of scenes(process.env)) {
      const context = await browser.newContext({
        ...(baseURL && { baseURL }),
        colorScheme: scheme,
        viewport: { width, height: 900 },
        reducedMotion: 'reduce',
      });
      const page = await context.newPage();
      page.on('pageerror', (error) => broken.push(`${page.url()}: ${error.message}`));
      await signIn(page);
      for (const { name, path, first } of await pages(context.request)) {
        await test.step(`${person}: ${name}`, async () => {
          const answer = await page.goto(path);
          expect.soft(answer?.status(), path).toBe(200);
          await first?.(page);
          await expectNoSidewaysScroll(page);
          await expectAccessible(page);
        });
      }
      await context.close();
    }
    expect(broken).toEqual([]);
  });
}
