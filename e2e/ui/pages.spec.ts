import { expect, test } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll, given, signIn } from '../product';

const PAGES = [
  '/overview',
  '/campaigns',
  '/runs',
  `/runs/${process.env.RUN_ID ?? ''}`,
  '/contacts',
  '/contacts/import',
  '/lists',
  '/segments',
  '/templates',
  '/suppressions',
  '/reports',
  '/outputs',
  '/inbox',
  '/service',
  '/health',
  '/settings/workspace',
  '/settings/members',
  '/settings/providers',
  '/settings/senders',
  '/settings/keys',
  '/settings/audit',
  '/settings/sessions',
];

for (const scheme of ['light', 'dark'] as const) {
  test.describe(`in the ${scheme} scheme`, () => {
    test.use({ colorScheme: scheme });
    for (const width of [1440, 390]) {
      test(`every page stands, reads and fits at ${width} px`, async ({ page }) => {
        test.setTimeout(300_000);
        given('RUN_ID');
        await page.setViewportSize({ width, height: 900 });
        const broken: string[] = [];
        page.on('pageerror', (error) => broken.push(`${page.url()}: ${error.message}`));
        await signIn(page);
        for (const path of PAGES) {
          const answer = await page.goto(path);
          expect.soft(answer?.status(), path).toBe(200);
          await expect.soft(page.getByRole('heading', { level: 1 }), path).toBeVisible();
          await test.step(path, async () => {
            await expectNoSidewaysScroll(page);
            await expectAccessible(page);
          });
        }
        expect(broken).toEqual([]);
      });
    }
  });
}
