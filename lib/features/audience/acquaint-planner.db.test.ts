import { describe, expect, it } from 'vitest';
import { pool } from '@/lib/db/client';
import { freezeAudienceChunk } from '@/lib/features/audience/freeze-audience';
import { createCampaign } from '@/lib/features/campaigns/create-campaign';
import { launchCampaign } from '@/lib/features/campaigns/launch-campaign';
import { loadRun } from '@/lib/features/runs/load-run';
import { captureForTests } from '@/lib/features/testing/capture-for-tests';
import { type DispatchFixture, dispatchFixture, draftOf } from '@/lib/features/testing/dispatch-fixture';

const ports = captureForTests();
const MEMBERS = 2_100;

/** How many contacts, and subscriptions of its list, the planner expects of a workspace. */
async function expected({ ctx, listId }: DispatchFixture): Promise<number[]> {
  const sql = pool();
  const plans = await Promise.all([
    sql`explain (format json) select 1 from contacts where workspace_id = ${ctx.workspaceId}`,
    sql`explain (format json) select 1 from subscriptions where workspace_id = ${ctx.workspaceId} and list_id = ${listId}`,
  ]);
  return plans.map(([plan]) => plan?.['QUERY PLAN'][0].Plan['Plan Rows']);
}

async function freeze(f: DispatchFixture): Promise<void> {
  const { id } = await createCampaign(f.ctx, { name: 'New here', draft: draftOf(f, ['email']) });
  const { runId } = await launchCampaign(f.ctx, { campaignId: id });
  await freezeAudienceChunk(f.ctx, await loadRun(f.ctx, runId));
}

describe('an audience that the planner has not seen', () => {
  it('is looked at before it is frozen: in a new database, and in a new workspace of an old one', async () => {
    await pool()`alter table contacts set (autovacuum_enabled = false)`;
    await pool()`alter table subscriptions set (autovacuum_enabled = false)`;
    for (const _ of ['new database', 'new workspace']) {
      const f = await dispatchFixture(ports(), MEMBERS);
      for (const rows of await expected(f)) expect(rows).toBeLessThan(MEMBERS / 2);
      await freeze(f);
      for (const rows of await expected(f)) expect(rows).toBeGreaterThan(MEMBERS / 2);
    }
  });
});
