import { expect, test } from '@playwright/test';
import { everyPage } from '../every-page';
import { changeScheme, expectAccessible, expectNoSidewaysScroll, expectReadable, given, signIn } from '../product';

// a trace of sixty pages costs more than the walk, and what is broken is told by its page and rule
test.use({ trace: 'off' });

for (const width of [1440, 390]) {
  test(`every page stands, reads and fits in both schemes at ${width} px`, async ({ page }) => {
    test.setTimeout(300_000);
    await page.setViewportSize({ width, height: 900 });
    const broken: string[] = [];
    page.on('pageerror', (error) => broken.push(`${page.url()}: ${error.message}`));
    await signIn(page);
    // every second page is loaded in the dark, so that both ways into a scheme are walked
    for (const [index, { path }] of (await everyPage(page.request, given('RUN_ID'))).entries()) {
      const [first, second] = index % 2 === 0 ? (['light', 'dark'] as const) : (['dark', 'light'] as const);
      await test.step(path, async () => {
        await page.emulateMedia({ colorScheme: first, reducedMotion: 'reduce' });
        const answer = await page.goto(path);
        expect.soft(answer?.status(), path).toBe(200);
        await expect.soft(page.getByRole('heading', { level: 1 }), path).toBeVisible();
        await expectNoSidewaysScroll(page);
        await expectAccessible(page);
        await changeScheme(page, second);
        await expectNoSidewaysScroll(page);
        await expectReadable(page);
      });
    }
    expect(broken).toEqual([]);
  });
}
