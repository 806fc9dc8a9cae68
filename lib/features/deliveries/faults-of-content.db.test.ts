import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { emailTemplateSchema } from '@/lib/domain/template';
import { decideDoubt } from '@/lib/features/deliveries/decide-doubt';
import { sendSlice } from '@/lib/features/deliveries/send-slice';
import { runProgress } from '@/lib/features/runs/run-progress';
import {
  type DispatchFixture,
  draftOf,
  launchAndQueue,
  sendAll,
  testChannelOf,
} from '@/lib/features/testing/dispatch-fixture';
import { faultyDispatch, script } from '@/lib/features/testing/faulty-dispatch';
import { newId } from '@/lib/ids';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

async function writeTemplate(f: DispatchFixture, content: string): Promise<void> {
  const template = emailTemplateSchema.parse({
    subject: 'Hello {{ first_name | fallback: "there" }}',
    preheader: 'News',
    blocks: [
      { type: 'text', content },
      { type: 'footer', content: 'You get this because you are a customer.' },
    ],
  });
  await pool()`update templates set content = ${JSON.stringify(template)}::jsonb where id = ${f.emailTemplateId}`;
}

const contact = (f: DispatchFixture, n: number) =>
  pool()`workspace_id = ${f.ctx.workspaceId} and external_id = ${`X${n}`}`;

describe('F · content and data', () => {
  it('F1: hostile and broken data fails its own message at most, and names nobody else as a recipient', async () => {
    const d = await faultyDispatch('smtp', {}, 6, {}, async (f) => {
      await writeTemplate(f, 'Until {{ contract_end | date: "d MMM" }}, dear {{ first_name }}: {{ plan }}');
      const names = ['Eve\r\nBcc: victim@example.com', 'مرحبا \u202e txt', '🎉🎉🎉', '{{ first_name }}'];
      for (const [i, name] of names.entries())
        await pool()`update contacts set first_name = ${name} where ${contact(f, i + 1)}`;
      await pool()`update contacts set attributes = attributes || ${JSON.stringify({ plan: 'x'.repeat(200_000) })}::jsonb where ${contact(f, 5)}`;
      await pool()`update contacts set attributes = attributes || '{"contract_end": "soon"}'::jsonb where ${contact(f, 6)}`;
    });
    expect(await d.finish()).toBe('completed');
    const failed = await pool()<{ id: string; class: string; code: string; text: string }[]>`
      select c.external_id as id, d.error_class as class, d.error_code as code, d.error_text as text
      from deliveries d join contacts c on c.id = d.contact_id where d.run_id = ${d.runId} and d.state = 'failed' order by 1`;
    const content = { class: 'content', code: 'render_failed' };
    expect([...failed]).toMatchObject([
      { id: 'X1', ...content, text: expect.stringContaining('line break') },
      { id: 'X6', ...content, text: expect.stringContaining('soon') },
    ]);
    expect([await d.counts(), d.mostArrivals()]).toEqual([{ accepted: 4, failed: 2 }, 1]);
    const people = d.bench.ledger().map(({ to }) => to);
    expect(people.sort()).toEqual([2, 3, 4, 5].map((n) => `c${n}@example.com`));
  });

  it('F3, F5: somebody in two lists, or under one address twice, is written to once', async () => {
    const d = await faultyDispatch('smtp', {}, 4);
    await pool()`update contacts set email = 'c1@example.com' where ${contact(d.f, 2)}`;
    const second = newId('list');
    await pool()`insert into lists (id, workspace_id, name) values (${second}, ${d.f.ctx.workspaceId}, 'Second')`;
    await pool()`insert into subscriptions (workspace_id, list_id, contact_id, status, source)
      select workspace_id, ${second}, id, 'subscribed', 'test' from contacts where workspace_id = ${d.f.ctx.workspaceId}`;
    const include = [d.f.listId, second].map((id) => ({ kind: 'list' as const, id }));
    const runId = await launchAndQueue(d.f, draftOf(d.f, ['email'], { audience: { include } }));
    expect((await sendAll(d.f, runId)).status).toBe('completed');
    expect([d.mostArrivals(), d.arrived()]).toEqual([1, 3]);
    const members = await pool()<{ exclusion: string | null }[]>`
      select exclusion from run_members where run_id = ${runId} order by exclusion nulls last`;
    expect(members.map(({ exclusion }) => exclusion)).toEqual(['duplicate_address', null, null, null]);
  });

  it('F4: whoever is changed during the run is sent what was frozen, and whoever is erased nothing', async () => {
    const d = await faultyDispatch('resend', {}, 4);
    await pool()`update contacts set first_name = 'Somebody else', email = 'new@example.com' where ${contact(d.f, 1)}`;
    await pool()`update contacts set erased_at = now(), email = null, phone = null where ${contact(d.f, 2)}`;
    expect(await d.finish()).toBe('completed');
    expect(await d.counts()).toEqual({ accepted: 3, skipped: 1 });
    expect(
      d.bench
        .ledger()
        .map(({ to }) => to)
        .sort(),
    ).toEqual([1, 3, 4].map((n) => `c${n}@example.com`));
  });

  it('F6: a template changed during the run changes nothing of it: a replay is the same bytes under the same key', async () => {
    const d = await faultyDispatch('resend', script.resend('accepted_500', 'c1@*'), 5);
    await d.send();
    await writeTemplate(d.f, 'Something else');
    expect(await d.finish()).toBe('completed');
    // other bytes under the key would be refused by the provider, and in doubt
    expect([await d.counts(), d.mostArrivals()]).toEqual([{ accepted: 5 }, 1]);
  });

  it('F7: an opt-out after a message has left keeps back the next one', async () => {
    const d = await faultyDispatch('smtp', {}, 3);
    const runId = await launchAndQueue(d.f, draftOf(d.f, ['email', 'email']));
    const oneBatch = () =>
      sendSlice({
        workspaceId: d.f.ctx.workspaceId,
        runId,
        worker: 'wrk_one_batch',
        maxMs: 0,
        channelOf: testChannelOf,
        signal: new AbortController().signal,
      });
    // the first only releases the wave
    await oneBatch();
    await oneBatch();
    expect(d.bench.ledger()).toHaveLength(3);
    await pool()`update contacts set email_opted_out_at = now() where ${contact(d.f, 3)}`;
    expect((await sendAll(d.f, runId)).status).toBe('completed');
    const { steps } = await runProgress(d.f.ctx, runId);
    expect(steps.map(({ counts }) => [counts.accepted, counts.skipped])).toEqual([
      [3, 0],
      [2, 1],
    ]);
    expect(d.bench.ledger()).toHaveLength(5);
  });
});

describe('H · people', () => {
  it('H4: two people who decide about the same doubt at once: the first decides, the other is told', async () => {
    const d = await faultyDispatch('smtp', script.smtp('accepted_reset'), 3);
    await d.finish();
    const doubts = await pool()<
      { id: string }[]
    >`select id from deliveries where run_id = ${d.runId} and state = 'in_doubt'`;
    const deliveryIds = doubts.map(({ id }) => id);
    expect(deliveryIds).toHaveLength(3);
    const decisions = (['treat_as_sent', 'send_again', 'treat_as_sent'] as const).map((decision) =>
      decideDoubt(d.f.ctx, { runId: d.runId, deliveryIds, decision }),
    );
    const settled = await Promise.allSettled(decisions);
    expect(settled.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    for (const one of settled) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'conflict' });
    const [audited] = await pool()<{ n: number }[]>`
      select count(*)::int as n from audit_log where workspace_id = ${d.f.ctx.workspaceId} and action in ('delivery.assumed_sent', 'delivery.sent_again')`;
    expect(audited?.n).toBe(3);
  });
});
