import { describe, expect, it } from 'vitest';
import { pool, withTx } from '@/lib/db/client';
import { databaseNow } from '@/lib/db/clock';
import { USUAL_HOURS } from '@/lib/domain/send-hours';
import { resendMessage } from '@/lib/features/service/resend-message';
import { runsUnderWay } from '@/lib/features/service/under-way';
import { captureForTests } from '@/lib/features/testing/capture-for-tests';
import {
  type DispatchFixture,
  dispatchFixture,
  draftOf,
  launchAndQueue,
  sendAll,
} from '@/lib/features/testing/dispatch-fixture';
import { setClock, shiftClockOf } from '@/lib/features/testing/shifted-clock';
import { deliveryIdToPublic } from '@/lib/ids';

const ports = captureForTests([], shiftClockOf);
const NIGHT = '2026-11-20T15:00:00Z';
const MORNING = '2026-11-21T01:00:00.000Z';

/** One customer in Singapore, one message in hours by their clock. */
async function launched(noon: string): Promise<{ f: DispatchFixture; runId: string }> {
  const f = await dispatchFixture(ports(), 1);
  await pool()`update contacts set time_zone = 'Asia/Singapore' where workspace_id = ${f.ctx.workspaceId}`;
  await setClock(noon);
  const runId = await launchAndQueue(f, draftOf(f, ['sms'], { policy: { hours: { sms: USUAL_HOURS.sms } } }));
  await sendAll(f, runId);
  return { f, runId };
}

describe('a message outside of its hours, at the service desk', () => {
  it('is said to wait, until when, and whose clock that is', async () => {
    const { f } = await launched(NIGHT);
    const lines = await withTx(f.ctx, async (tx) => {
      const [contact] = await tx.sql<
        { id: string }[]
      >`select id from contacts where workspace_id = ${f.ctx.workspaceId}`;
      const wishes = { id: contact?.id ?? '', emailOptedOutAt: null, smsOptedOutAt: null, doNotMarket: false };
      return runsUnderWay(tx, f.ctx.workspaceId, wishes, databaseNow());
    });
    expect(lines[0]?.steps[0]).toMatchObject({
      state: 'queued',
      waits: { why: 'hours', until: MORNING, opens: { at: '09:00', whose: 'contact' } },
    });
  });

  it('that is sent again waits too, and whoever asked is told', async () => {
    const { f, runId } = await launched('2026-11-20T04:00:00Z');
    const [row] = await pool()<
      { id: string; state: string }[]
    >`select id, state from deliveries where run_id = ${runId}`;
    expect(row?.state).toBe('accepted');
    await setClock(NIGHT);
    // the clock of the database is learnt from its next answer
    await sendAll(f, runId);
    const again = await resendMessage(f.ctx, { deliveryId: deliveryIdToPublic(row?.id ?? ''), reason: 'not_arrived' });
    expect(again.waits).toEqual({
      until: new Date(MORNING),
      hours: 'every day from 09:00 to 21:00 where the customer is',
    });
    const accepted = async () =>
      (await pool()`select 1 from deliveries where run_id = ${runId} and state = 'accepted'`).length;
    expect([(await sendAll(f, runId)).nextAt, await accepted()]).toEqual([MORNING, 1]);
    await setClock(MORNING);
    expect([(await sendAll(f, runId)).status, await accepted()]).toEqual(['completed', 2]);
  });
});
