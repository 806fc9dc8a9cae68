import { pool, withSystemTx } from '@/lib/db/client';
import { advanceContacts } from '@/lib/features/deliveries/advance-contacts';
import { loadRunIn } from '@/lib/features/runs/load-run';
import { newId } from '@/lib/ids';

export interface Settled {
  state: 'accepted' | 'failed' | 'in_doubt' | 'skipped' | 'expired';
  /** Class and code of a failure, the code of a doubt, the reason of a skip. */
  cause?: string;
  text?: string;
  /** How long ago; by default now. */
  agoSeconds?: number;
}

interface Written extends Required<Omit<Settled, 'cause'>> {
  id: string;
  errorClass: string | null;
  code: string | null;
  skip: string | null;
  cause: string;
}

function written(id: string, given: Settled): Written {
  const { state, cause = state, text = 'as the test says', agoSeconds = 0 } = given;
  const [errorClass, code] = state === 'failed' ? cause.split(':') : [null, state === 'in_doubt' ? cause : null];
  const skip = state === 'skipped' ? cause : null;
  return { id, state, text, agoSeconds, errorClass: errorClass ?? null, code: code ?? null, skip, cause };
}

/**
 * Settles the first queued deliveries of a step as told, with everything a worker would write beside them: attempts,
 * counters, rates, issues, next steps. For tests of what is shown and done afterwards, without a provider.
 */
export async function settleRows(runId: string, step: number, outcomes: Settled[]): Promise<string[]> {
  const sql = pool();
  const ids = await sql<{ id: string }[]>`
    select id from deliveries where run_id = ${runId} and step = ${step} and state = 'queued' order by id limit ${outcomes.length}`;
  const rows = ids.flatMap(({ id }, index) => (outcomes[index] ? [written(id, outcomes[index])] : []));
  const column = <K extends keyof Written>(key: K) => rows.map((row) => row[key]);
  await sql`
    with r as (
      select *, now() - ago * interval '1 second' as at from unnest(${column('id')}::bigint[], ${column('state')}::delivery_state[],
        ${column('errorClass')}::error_class[], ${column('code')}::text[], ${column('text')}::text[], ${column('skip')}::text[],
        ${column('cause')}::text[], ${column('agoSeconds')}::float8[]) t(id, state, class, code, txt, skip, cause, ago)
    ), upd as (
      update deliveries d set state = r.state, settled_at = r.at, first_intent_at = r.at, attempts = 1, skip_reason = r.skip,
        answer = case when r.state = 'accepted' then r.txt end, error_class = r.class, error_code = r.code, error_text = case when r.state in ('failed', 'in_doubt') then r.txt end
      from r where d.id = r.id returning d.id, d.workspace_id, d.run_id, d.step, d.state, d.batch_id, r.at, r.cause
    ), att as (
      insert into delivery_attempts (delivery_id, n, outcome, error_class, intent_at, ended_at, code, text)
      select id, 1, case state when 'in_doubt' then 'unknown' else 'rejected' end, class, at, at, code, txt
      from r where state not in ('accepted', 'skipped', 'expired')
    ), cnt as (
      insert into run_counters (workspace_id, run_id, step, wave, state, shard, n)
      select upd.workspace_id, upd.run_id, upd.step, b.wave, upd.state, 0, count(*) from upd join batches b on b.id = upd.batch_id
      group by 1, 2, 3, 4, 5 on conflict (workspace_id, run_id, step, wave, state, shard) do update set n = run_counters.n + excluded.n
    ), rate as (
      insert into run_rates (workspace_id, run_id, at, step, state, shard, n)
      select workspace_id, run_id, to_timestamp(floor(extract(epoch from at) / 10) * 10), step, state, 0, count(*) from upd
      group by 1, 2, 3, 4, 5 on conflict (workspace_id, run_id, at, step, state, shard) do update set n = run_rates.n + excluded.n
    )
    insert into delivery_issues (workspace_id, run_id, delivery_id, step, state, cause)
    select workspace_id, run_id, id, step, state, cause from upd where state <> 'accepted'`;
  await advance(runId, step, column('id'));
  return rows.map(({ id }) => id);
}

async function advance(runId: string, step: number, ids: string[]): Promise<void> {
  await withSystemTx(async (tx) => {
    const groups = await tx.sql<
      { workspaceId: string; wave: number; rows: { contactId: string; state: Settled['state'] }[] }[]
    >`
      select d.workspace_id as "workspaceId", b.wave,
        jsonb_agg(jsonb_build_object('contactId', d.contact_id, 'state', d.state) order by d.id) as rows
      from deliveries d join batches b on b.id = d.batch_id where d.id = any(${ids}::bigint[]) group by 1, 2`;
    for (const { workspaceId, wave, rows } of groups) {
      const run = await loadRunIn(tx, workspaceId, runId);
      const frozen = run.frozen.flow[step];
      if (frozen) await advanceContacts(tx, run, { workspaceId, runId, step, wave }, frozen, rows);
    }
  });
}

/** A worker that lives, or whose heart stopped some time ago. */
export async function workerRow(
  heartbeatAgoSeconds: number,
  over: { host?: string; pid?: number } = {},
): Promise<string> {
  const id = newId('worker');
  await pool()`
    insert into workers (id, started_at, heartbeat_at, pid, host, rss_bytes)
    values (${id}, now() - interval '1 hour', now() - ${heartbeatAgoSeconds} * interval '1 second', ${over.pid ?? 4711},
            ${over.host ?? 'app-1'}, 104857600)`;
  return id;
}
