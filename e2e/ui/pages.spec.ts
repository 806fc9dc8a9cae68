import { expect, test } from '@playwright/test';
import { everyPage } from '../every-page';
import { expectAccessible, expectNoSidewaysScroll, given, signIn } from '../product';

for (const { scheme, width } of [
  { scheme: 'light', width: 1440 },
  { scheme: 'dark', width: 1440 },
  { scheme: 'light', width: 390 },
  { scheme: 'dark', width: 390 },
] as const) {
  test(`every page stands, reads and fits in the ${scheme} scheme at ${width} px`, async ({ page }) => {
    test.setTimeout(300_000);
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 900 });
    const broken: string[] = [];
    page.on('pageerror', (error) => broken.push(`${page.url()}: ${error.message}`));
    await signIn(page);
    for (const { path } of await everyPage(page.request, given('RUN_ID'))) {
      await test.step(path, async () => {
        const answer = await page.goto(path);
        expect.soft(answer?.status(), path).toBe(200);
        await expect.soft(page.getByRole('heading', { level: 1 }), path).toBeVisible();
        await expectNoSidewaysScroll(page);
        await expectAccessible(page);
      });
    }
    expect(broken).toEqual([]);
  });
}
