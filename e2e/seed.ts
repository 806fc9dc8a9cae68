import { launchLink } from '@/lib/auth/launch-link';
import { closePool, pool } from '@/lib/db/client';
import { env } from '@/lib/env';
import { enginePool } from '@/lib/jobs/client';
import { scenario } from '../scripts/demo-scenario';
import type { Environment } from '../scripts/environment';
import type { Stack } from '../scripts/stack';

const HOUR_MS = 3_600_000;

/**
 * The demo's workspace with its campaign sent to the end, so that every page has something true to show. Specs sign in
 * through SIGN_IN_URL and find the run in RUN_ID.
 */
export async function seed(stack: Stack): Promise<Environment> {
  const run = await scenario.begin({
    appUrl: stack.appUrl,
    databaseUrl: stack.databaseUrl,
    captureSmtpPort: Number(stack.env.WAYBILL_CAPTURE_SMTP_PORT),
    captureHttpUrl: stack.env.WAYBILL_CAPTURE_HTTP_URL ?? '',
    say: (line) => console.log(`   ${line}`),
    signal: AbortSignal.timeout(180_000),
  });
  // tests have better things to do than to watch the demo's pace
  await pool()`update runs set max_per_second = null where id = ${run.runId}`;
  for (;;) {
    const { status } = await scenario.progress(run.runId);
    if (status === 'completed') break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const signInUrl = launchLink('demo', stack.appUrl, env().WAYBILL_SECRET, Date.now() + HOUR_MS);
  await closePool();
  await enginePool().end({ timeout: 2 });
  return { SIGN_IN_URL: signInUrl, RUN_ID: run.runId };
}
