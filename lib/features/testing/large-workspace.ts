import { pool, withSystemTx } from '@/lib/db/client';
import { createCampaign } from '@/lib/features/campaigns/create-campaign';
import { launchCampaign } from '@/lib/features/campaigns/launch-campaign';
import { type DispatchFixture, draftOf } from '@/lib/features/testing/dispatch-fixture';

const RUNS = 100;
const SMALL_RUN = 2_000;
const WAVE = 100_000;
const HOUR_MS = 3_600_000;

async function fillContacts({ ctx, listId }: DispatchFixture, contacts: number): Promise<void> {
  const sql = pool();
  const ws = ctx.workspaceId;
  await sql`
    insert into contacts (id, workspace_id, external_id, email, phone, first_name, last_name, attributes, email_consent,
                          sms_consent, email_opted_out_at, created_at)
    select 'con_' || lpad(to_hex(n), 16, '0'), ${ws}, 'C' || n, 'mei' || n || '@example.com', '+658' || lpad(n::text, 7, '0'),
           'Mei' || n % 997, 'Tan' || n % 1009,
           jsonb_build_object('plan', (array['Prepaid 30', 'Fibre', 'Family', 'Roam'])[1 + n % 4], 'monthly_spend', n % 200),
           case when n % 10 = 0 then 'unknown' else 'granted' end, 'granted', case when n % 40 = 0 then now() end,
           now() - n * interval '1 second'
    from generate_series(100, ${contacts + 99}::int) n`;
  await sql`
    insert into subscriptions (workspace_id, list_id, contact_id, status, source)
    select workspace_id, ${listId}, id, (array['subscribed', 'subscribed', 'subscribed', 'unsubscribed', 'pending'])[1 + abs(hashtext(id) % 5)],
           'bench' from contacts where workspace_id = ${ws} on conflict do nothing`;
  await sql`
    insert into suppressions (id, workspace_id, channel, address, address_hash, reason, source, created_at)
    select 'sup_' || n, ${ws}, case when n % 3 = 0 then 'sms' else 'email' end, 'gone' || n || '@example.com', md5(n::text),
           (array['bounce', 'complaint', 'manual', 'unsubscribed'])[1 + n % 4], 'bench', now() - n * interval '1 minute'
    from generate_series(1, ${Math.ceil(contacts / 20)}::int) n`;
}

/** Everything else that lists show: some dozens of each. */
async function fillAround({ ctx, emailTemplateId, outputTableId }: DispatchFixture, contacts: number): Promise<void> {
  const sql = pool();
  const ws = ctx.workspaceId;
  await sql`insert into lists (id, workspace_id, name) select 'lst_bench' || n, ${ws}, 'List ' || n from generate_series(1, 60) n`;
  const rule = (n: number) => ({
    kind: 'group',
    match: 'all',
    rules: [
      { kind: 'attribute', key: 'plan', test: { type: 'text', op: 'equals', value: n % 2 ? 'Fibre' : 'Roam' } },
      { kind: 'attribute', key: 'monthly_spend', test: { type: 'number', op: 'at_most', value: n } },
    ],
  });
  for (let n = 1; n <= 30; n++) {
    await sql`insert into segments (id, workspace_id, name, rule) values (${`seg_bench${n}`}, ${ws}, ${`Segment ${n}`}, ${JSON.stringify(rule(n))}::jsonb)`;
  }
  await sql`
    insert into templates (id, workspace_id, channel, name, content, created_by)
    select 'tpl_bench' || n, workspace_id, channel, 'Template ' || n, content, created_by
    from templates, generate_series(1, 60) n where id = ${emailTemplateId}`;
  await sql`
    insert into template_versions (workspace_id, template_id, revision, content, saved_by)
    select workspace_id, id, revision, content, created_by from templates where workspace_id = ${ws} on conflict do nothing`;
  await sql`
    insert into audit_log (workspace_id, at, actor, action, subject_type, subject_id, hash)
    select ${ws}, now() - n * interval '1 minute', '{"type":"user","id":"usr_bench","name":"Bench"}',
           (array['contact.updated', 'campaign.updated', 'run.paused', 'list.updated'])[1 + n % 4], 'contact', 'con_' || n, md5(n::text)
    from generate_series(1, ${Math.ceil(contacts / 5)}::int) n`;
  await sql`
    insert into uploads (id, workspace_id, file_name, media_type, created_by) values ('upl_bench', ${ws}, 'people.csv', 'text/csv', 'usr_bench')`;
  await sql`
    insert into imports (id, workspace_id, upload_id, file_name, status, options, created_by, created_at)
    select 'imp_bench' || n, ${ws}, 'upl_bench', 'people ' || n || '.csv', 'completed', '{}', 'usr_bench', now() - n * interval '1 day'
    from generate_series(1, 60) n`;
  await sql`
    insert into output_rows (workspace_id, output_table_id, run_id, step, contact_id, values)
    select ${ws}, ${outputTableId}, 'run_' || lpad((n % 50)::text, 16, '0'), 0, 'con_' || lpad(to_hex(n), 16, '0'),
           jsonb_build_object('email', 'mei' || n || '@example.com', 'outcome', 'accepted')
    from generate_series(100, ${contacts + 99}::int) n`;
}

/** A finished run as dispatch leaves it: members, deliveries, counters, rates, the few that failed, and history. */
async function fillRun({ ctx }: DispatchFixture, model: string, n: number, audience: number): Promise<string> {
  const ws = ctx.workspaceId;
  const runId = `run_${String(n).padStart(16, '0')}`;
  const at = new Date(Date.now() - (n + 1) * 6 * HOUR_MS);
  const excluded = Math.ceil(audience / 50);
  await withSystemTx(async ({ sql }) => {
    await sql`
      insert into runs (id, workspace_id, campaign_id, version_id, occurrence_key, name, status, started_at, completed_at, queued_at,
                        created_at, audience_count, excluded_count, freeze_done, wave_count, base_url, launched_by)
      select ${runId}, workspace_id, campaign_id, version_id, ${`bench:${n}`}, ${`Offer of week ${n}`}, 'completed', ${at}, ${at}, ${at},
             ${at}, ${audience}, ${excluded}, ${audience + excluded}, ${Math.ceil(audience / WAVE)}, base_url, launched_by
      from runs where id = ${model}`;
    await sql`insert into waves (workspace_id, run_id, number, size, status, released_at, done_at)
      select ${ws}, ${runId}, w, ${WAVE}, 'done', ${at}, ${at} from generate_series(1, ${Math.ceil(audience / WAVE)}::int) w`;
    await sql`
      insert into run_members (workspace_id, run_id, contact_id, wave, exclusion)
      select ${ws}, ${runId}, 'con_' || lpad(to_hex(c), 16, '0'), case when c >= ${excluded + 100} then 1 + (c - 100) / ${WAVE} end,
             case when c < ${excluded + 100} then 'consent_missing' end
      from generate_series(100, ${audience + 99}::int) c`;
    await sql`insert into run_exclusions (workspace_id, run_id, reason, n) values (${ws}, ${runId}, 'consent_missing', ${excluded})`;
    await sql`
      with batch as (
        insert into batches (workspace_id, run_id, step, wave, state, size, dated_at)
        select ${ws}, ${runId}, 0, w, 'done', ${WAVE}, ${at} from generate_series(1, ${Math.ceil(audience / WAVE)}::int) w returning id, wave
      ), made as (
        insert into deliveries (workspace_id, run_id, contact_id, batch_id, step, attempts, state, error_class, error_code, error_text,
                                settled_at, delivered_at, opened_at, history_id, answer)
        select ${ws}, ${runId}, 'con_' || lpad(to_hex(c), 16, '0'), batch.id, 0, 1,
               (case when c % 100 = 0 then 'failed' else 'accepted' end)::delivery_state,
               (case when c % 100 = 0 then 'recipient' end)::error_class, case when c % 100 = 0 then '550' end,
               case when c % 100 = 0 then 'No such mailbox' end, ${at}::timestamptz + (c / 1000) * interval '1 second',
               case when c % 100 > 0 then ${at}::timestamptz end, case when c % 100 > 70 then ${at}::timestamptz end,
               case when c % 100 > 0 then nextval('interactions_id_seq') end, case when c % 100 > 0 then '250 2.0.0 Ok: queued' end
        from generate_series(100, ${audience + 99}::int) c join batch on batch.wave = 1 + (c - 100) / ${WAVE}
        returning id, step, state, contact_id
      ), history as (
        insert into interactions (workspace_id, contact_id, at, type, step, delivery_id, run_id)
        select ${ws}, contact_id, ${at}, 'email.failed', 0, id, ${runId} from made where state = 'failed'
      )
      insert into delivery_issues (workspace_id, run_id, delivery_id, step, state, cause)
      select ${ws}, ${runId}, id, step, state, 'recipient 550' from made where state = 'failed'`;
    await sql`
      insert into run_counters (workspace_id, run_id, step, wave, state, shard, n)
      select d.workspace_id, d.run_id, d.step, b.wave, d.state, d.id % 16, count(*) from batches b join deliveries d on d.batch_id = b.id
      where b.workspace_id = ${ws} and b.run_id = ${runId} group by 1, 2, 3, 4, 5, 6`;
    await sql`
      insert into run_rates (workspace_id, run_id, at, step, state, shard, n)
      select d.workspace_id, d.run_id, date_bin('10 seconds', d.settled_at, 'epoch'), d.step, d.state, 0, count(*)
      from batches b join deliveries d on d.batch_id = b.id
      where b.workspace_id = ${ws} and b.run_id = ${runId} group by 1, 2, 3, 4, 5`;
  });
  return runId;
}

/**
 * Fills a fixture's workspace to the size the targets speak of: `contacts` people, 100 runs of 100 campaigns, the newest of
 * them to everybody, and some dozens of everything else. Returns that run.
 */
export async function fillLargeWorkspace(f: DispatchFixture, contacts: number): Promise<{ runId: string }> {
  const sql = pool();
  await fillContacts(f, contacts);
  await fillAround(f, contacts);
  const later = { kind: 'at' as const, at: new Date(Date.now() + 24 * HOUR_MS).toISOString() };
  let runId = '';
  for (let n = RUNS - 1; n >= 0; n--) {
    const { id } = await createCampaign(f.ctx, {
      name: `Offer ${n}`,
      draft: draftOf(f, ['email'], { schedule: later }),
    });
    const launched = await launchCampaign(f.ctx, { campaignId: id });
    runId = await fillRun(f, launched.runId, n, n === 0 ? contacts : SMALL_RUN);
    await sql`delete from runs where id = ${launched.runId}`;
  }
  for (const table of [
    'contacts',
    'subscriptions',
    'deliveries',
    'run_members',
    'interactions',
    'output_rows',
    'audit_log',
  ])
    await sql`vacuum analyze ${sql(table)}`;
  await sql`analyze`;
  return { runId };
}
