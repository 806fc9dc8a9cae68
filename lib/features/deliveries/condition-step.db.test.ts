import { describe, expect, it } from 'vitest';
import { pool, withTx } from '@/lib/db/client';
import type { CampaignDraftInput, FlowStep } from '@/lib/domain/campaign';
import { createCampaign } from '@/lib/features/campaigns/create-campaign';
import { criticalFindings } from '@/lib/features/campaigns/critical-findings';
import { findCampaign } from '@/lib/features/campaigns/get-campaign';
import { retryFailed } from '@/lib/features/runs/retry-failed';
import { runProgress } from '@/lib/features/runs/run-progress';
import { contactHistory } from '@/lib/features/service/contact-history';
import { captureForTests } from '@/lib/features/testing/capture-for-tests';
import {
  type DispatchFixture,
  dispatchFixture,
  draftOf,
  launchAndQueue,
  sendAll,
} from '@/lib/features/testing/dispatch-fixture';

const ports = captureForTests([{ match: '*@gone.example', reply: '550 5.1.1 No such user' }]);

type Condition = Extract<FlowStep, { kind: 'condition' }>['onlyIf'];

/** email, wait of a day, condition, SMS, record */
function gated(f: DispatchFixture, onlyIf: Condition): CampaignDraftInput {
  const [email, sms, record] = draftOf(f, ['email', 'sms', 'record']).flow ?? [];
  if (!email || !sms || !record) throw new Error('no flow');
  const wait = {
    id: 'wait_1',
    name: 'A day',
    kind: 'wait' as const,
    until: { kind: 'duration' as const, ms: 86_400_000 },
  };
  const gate = { id: 'gate', name: 'Only readers', kind: 'condition' as const, onlyIf };
  return { ...draftOf(f, ['email']), flow: [email, wait, gate, sms, record] };
}

async function aDayLater(runId: string): Promise<void> {
  await pool()`update batches set not_before = now() where run_id = ${runId} and state = 'ready'`;
}

describe('a condition between two messages', () => {
  it('lets go on whom it holds for, and says of everybody else that it did not', async () => {
    const f = await dispatchFixture(ports(), 10);
    const runId = await launchAndQueue(f, gated(f, { kind: 'engagement', stepId: 'email_0', is: 'opened' }));
    expect((await sendAll(f, runId)).status).toBe('sending');
    await pool()`
      update deliveries d set opened_at = now() from contacts c
      where d.run_id = ${runId} and c.id = d.contact_id and c.external_id in ('X1', 'X2', 'X3')`;
    await aDayLater(runId);
    expect((await sendAll(f, runId)).status).toBe('completed');
    const progress = await runProgress(f.ctx, runId);
    expect(
      progress.steps.map(({ step, counts: { accepted, skipped, waiting } }) => [step, accepted, skipped, waiting]),
    ).toEqual([
      [0, 10, 0, 0],
      [2, 3, 7, 0],
      [3, 3, 7, 0],
      [4, 3, 7, 0],
    ]);
    expect(progress.balanced).toBe(true);
    const reasons = await pool()`
      select distinct skip_reason as reason from deliveries where run_id = ${runId} and state = 'skipped'`;
    expect(reasons.map(({ reason }) => reason)).toEqual(['condition_not_met']);
    const records = await pool()`
      select r.values ->> 'outcome' as outcome, c.external_id as who from output_rows r join contacts c on c.id = r.contact_id
      where r.run_id = ${runId} order by 2`;
    expect(records.map(({ who, outcome }) => `${who} ${outcome}`)).toEqual([
      'X1 accepted',
      'X2 accepted',
      'X3 accepted',
    ]);
  });

  it('is no message: nothing of it is in the history of a customer', async () => {
    const f = await dispatchFixture(ports(), 3);
    const runId = await launchAndQueue(f, gated(f, { kind: 'attribute', field: 'plan', op: 'equals', value: 'Pro' }));
    await sendAll(f, runId);
    await aDayLater(runId);
    expect((await sendAll(f, runId)).status).toBe('completed');
    const [{ id } = { id: '' }] = await pool()<{ id: string }[]>`
      select id from contacts where workspace_id = ${f.ctx.workspaceId} and external_id = 'X1'`;
    const { items } = await contactHistory(f.ctx, { contactId: id });
    expect(items.map((line) => line.kind === 'message' && [line.channel, line.step, line.state])).toEqual([
      ['sms', 'sms 1', 'accepted'],
      ['email', 'email 0', 'accepted'],
    ]);
  });

  it('is asked of those whose earlier message was retried, too', async () => {
    const f = await dispatchFixture(ports(), 4, (n) => (n === 1 ? 'x1@gone.example' : `y${n}@example.com`));
    const runId = await launchAndQueue(f, gated(f, { kind: 'attribute', field: 'plan', op: 'is_set' }));
    await sendAll(f, runId);
    await aDayLater(runId);
    expect((await sendAll(f, runId)).status).toBe('completed');
    await pool()`update run_members set email = 'x1@found.example' where run_id = ${runId} and email like '%gone.example'`;
    await pool()`update contacts set email = 'x1@found.example' where workspace_id = ${f.ctx.workspaceId} and email like '%gone.example'`;
    expect(await retryFailed(f.ctx, { runId })).toEqual({ queued: 1 });
    await sendAll(f, runId);
    await aDayLater(runId);
    expect((await sendAll(f, runId)).status).toBe('completed');
    const after = await runProgress(f.ctx, runId);
    expect(after.steps.map(({ counts }) => counts.accepted)).toEqual([4, 4, 4, 4]);
    expect(after.balanced).toBe(true);
  });

  it('cannot be launched when it looks at a step that does not come before it', async () => {
    const f = await dispatchFixture(ports(), 1);
    const draft = gated(f, { kind: 'engagement', stepId: 'sms_1', is: 'delivered' });
    const campaign = await createCampaign(f.ctx, { name: 'Backwards', draft });
    const findings = await withTx(f.ctx, async (tx) =>
      criticalFindings(tx, f.ctx.workspaceId, await findCampaign(tx, f.ctx.workspaceId, campaign.id)),
    );
    expect(findings.map(({ code }) => code)).toEqual(['condition:gate']);
  });
});
