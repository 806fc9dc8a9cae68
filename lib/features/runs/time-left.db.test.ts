import { expect, it } from 'vitest';
import { pool } from '@/lib/db/client';
import type { CampaignDraftInput } from '@/lib/domain/campaign';
import { runProgress } from '@/lib/features/runs/run-progress';
import { captureForTests } from '@/lib/features/testing/capture-for-tests';
import {
  type DispatchFixture,
  dispatchFixture,
  draftOf,
  launchAndQueue,
  sendAll,
} from '@/lib/features/testing/dispatch-fixture';

const ports = captureForTests([]);
const HOUR_S = 3600;

const pause = (id: string, hours: number) => ({
  id,
  name: `${hours} hours`,
  kind: 'wait' as const,
  until: { kind: 'duration' as const, ms: hours * HOUR_S * 1000 },
});

/** email, two hours, SMS, a day, record */
function unhurried(f: DispatchFixture): CampaignDraftInput {
  const [email, sms, record] = draftOf(f, ['email', 'sms', 'record']).flow ?? [];
  if (!email || !sms || !record) throw new Error('no flow');
  return { ...draftOf(f, ['email']), flow: [email, pause('wait_1', 2), sms, pause('wait_2', 24), record] };
}

it('the time left of a run counts the wait that people are in and those to come', async () => {
  const f = await dispatchFixture(ports(), 6);
  const runId = await launchAndQueue(f, unhurried(f));
  const left = async () => (await runProgress(f.ctx, runId)).etaSeconds;
  // nothing has happened yet that a time could be told from
  expect(await left()).toBeNull();
  await sendAll(f, runId);
  const atFirst = await left();
  expect(atFirst).toBeGreaterThan(25.9 * HOUR_S);
  expect(atFirst).toBeLessThan(26.1 * HOUR_S);
  await pool()`update batches set not_before = now() where run_id = ${runId} and state = 'ready'`;
  await sendAll(f, runId);
  const afterwards = await left();
  expect(afterwards).toBeGreaterThan(23.9 * HOUR_S);
  expect(afterwards).toBeLessThan(24.1 * HOUR_S);
  await pool()`update batches set not_before = now() where run_id = ${runId} and state = 'ready'`;
  await sendAll(f, runId);
  expect(await left()).toBeNull();
});
