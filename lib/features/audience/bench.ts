import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { freezeAudienceChunk } from '@/lib/features/audience/freeze-audience';
import { createCampaign } from '@/lib/features/campaigns/create-campaign';
import { launchCampaign } from '@/lib/features/campaigns/launch-campaign';
import { queueDeliveriesChunk } from '@/lib/features/deliveries/queue-deliveries';
import { loadRun } from '@/lib/features/runs/load-run';
import { type DispatchFixture, dispatchFixture, draftOf } from '@/lib/features/testing/dispatch-fixture';
import { newId } from '@/lib/ids';

export interface QueueBench {
  contacts: number;
  audience: number;
  excluded: number;
  seconds: number;
  floorSeconds: number;
  reconciled: boolean;
}

/** Contacts by the million, made inside PostgreSQL; some of each kind that the exclusion rules look for. */
export async function generateContacts(f: DispatchFixture, count: number): Promise<void> {
  const sql = pool();
  const ws = f.ctx.workspaceId;
  const excluded = newId('list');
  await sql`insert into lists (id, workspace_id, name) values (${excluded}, ${ws}, 'Exclude')`;
  await sql`
    insert into contacts (id, workspace_id, external_id, email, phone, first_name, attributes, email_consent, email_opted_out_at, do_not_market, hard_bounces)
    select 'con_' || lpad(to_hex(n), 16, '0'), ${ws}, 'B' || n, case when n % 200 = 7 then null else 'b' || n || '@example.com' end,
      '+659' || lpad(n::text, 8, '0'), 'Name ' || n, jsonb_build_object('plan', 'p' || n % 5),
      case when n % 20 = 3 then 'revoked' else 'granted' end, case when n % 50 = 5 then now() end, n % 100 = 9, case when n % 400 = 11 then 5 else 0 end
    from generate_series(1, ${count}::int) n`;
  await sql`insert into subscriptions (workspace_id, list_id, contact_id, status, source)
    select ${ws}, ${f.listId}, id, 'subscribed', 'bench' from contacts where workspace_id = ${ws} and external_id like 'B%'`;
  await sql`insert into subscriptions (workspace_id, list_id, contact_id, status, source)
    select ${ws}, ${excluded}, id, 'subscribed', 'bench' from contacts where workspace_id = ${ws} and external_id like 'B%33'`;
  await sql`insert into suppressions (id, workspace_id, channel, address, address_hash, reason, source)
    select 'sup_' || lpad(to_hex(row_number() over ()), 16, '0'), ${ws}, 'email', email, md5(email), 'bounce', 'bench'
    from contacts where workspace_id = ${ws} and external_id like 'B%77' and email is not null`;
  await sql`vacuum analyze contacts, subscriptions, suppressions`;
}

/** The same rows into the same tables with the same indexes, without rules, reasons, chunks or cursor. */
async function bareInsert(f: DispatchFixture): Promise<number> {
  const sql = pool();
  const ws = f.ctx.workspaceId;
  const startedMs = performance.now();
  await sql`
    insert into run_members (workspace_id, run_id, contact_id, wave, email, phone, snapshot)
    select ${ws}, 'run_bare', id, 1, email, phone,
      jsonb_build_object('external_id', external_id, 'first_name', first_name, 'plan', attributes -> 'plan')
    from contacts where workspace_id = ${ws} order by id`;
  await sql`
    insert into deliveries (workspace_id, run_id, step, contact_id, batch_id)
    select ${ws}, 'run_bare', 0, contact_id, (row_number() over (order by contact_id)) / 500 from run_members
    where workspace_id = ${ws} and run_id = 'run_bare' order by contact_id`;
  return (performance.now() - startedMs) / 1000;
}

/** Freezes and queues `count` contacts with six exclusion rules, beside the bare insert. */
export async function benchQueue(databaseUrl: string, count: number): Promise<QueueBench> {
  await openPoolAt(databaseUrl, 6);
  try {
    const f = await dispatchFixture({ smtpPort: 1, smsUrl: 'http://127.0.0.1:1' }, 1);
    await generateContacts(f, count);
    const [list] = await pool()<
      { id: string }[]
    >`select id from lists where workspace_id = ${f.ctx.workspaceId} and name = 'Exclude'`;
    const draft = draftOf(f, ['email'], {
      audience: {
        include: [{ kind: 'list', id: f.listId }],
        exclude: [{ kind: 'list', id: list?.id ?? '' }],
        requireConsent: true,
      },
      policy: { waveSize: 100_000 },
    });
    const campaign = await createCampaign(f.ctx, { name: 'Bench', draft });
    const { runId } = await launchCampaign(f.ctx, { campaignId: campaign.id });
    const startedMs = performance.now();
    while (!(await freezeAudienceChunk(f.ctx, await loadRun(f.ctx, runId))).done);
    while (!(await queueDeliveriesChunk(f.ctx, await loadRun(f.ctx, runId))).done);
    const seconds = (performance.now() - startedMs) / 1000;
    const floorSeconds = await bareInsert(f);
    const [row] = await pool()<{ audience: number; excluded: number; deliveries: number }[]>`
      select audience_count as audience, excluded_count as excluded,
        (select count(*)::int from deliveries d where d.workspace_id = r.workspace_id and d.run_id = r.id) as deliveries
      from runs r where r.id = ${runId}`;
    const { audience = 0, excluded = 0, deliveries = 0 } = row ?? {};
    await pool()`truncate workspaces, deliveries, run_members, batches cascade`;
    return {
      contacts: count,
      audience,
      excluded,
      seconds,
      floorSeconds,
      reconciled: audience + excluded === count + 1 && deliveries === audience,
    };
  } finally {
    await closePool();
  }
}
