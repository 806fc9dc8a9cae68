import { systemCtx } from '@/lib/context';
import type { Tx } from '@/lib/db/client';
import { databaseNow } from '@/lib/db/clock';
import { nextStep } from '@/lib/domain/campaign';
import { snapshotOf } from '@/lib/features/audience/member-query';
import type { FrozenStep } from '@/lib/features/campaigns/frozen-version';
import { recordAudit } from '@/lib/features/history/record-audit';
import { accountOf, type QueuingRun } from '@/lib/features/runs/load-run';
import { newId } from '@/lib/ids';

/** Waves whose first step is through with everybody and whose seed recipients have had nothing yet. */
async function wavesForSeeds({ sql }: Tx, run: QueuingRun, first: number): Promise<number[]> {
  const rows = await sql<{ number: number }[]>`
    select w.number from waves w
    where w.workspace_id = ${run.workspaceId} and w.run_id = ${run.id} and w.status <> 'held' and w.size > 0
      and not exists (select 1 from batches b where b.workspace_id = w.workspace_id and b.run_id = w.run_id and b.wave = w.number
        and b.step = ${first} and b.state <> 'done')
      and not exists (select 1 from runs s where s.workspace_id = w.workspace_id and s.seed_of = w.run_id and s.seed_wave = w.number)
    order by w.number`;
  return rows.map((row) => row.number);
}

type First = NonNullable<ReturnType<typeof nextStep<FrozenStep>>>;

/** A run of its own for the seed recipients of one wave, queued to the end at once: there are at most fifty of them. */
async function startOne(tx: Tx, run: QueuingRun, wave: number, first: First) {
  const { sql } = tx;
  const id = newId('run');
  const { workspaceId } = run;
  const { seedContactIds } = run.frozen.notify;
  const by = JSON.stringify({ type: 'system', id: 'dispatch', name: 'dispatch' });
  const made = await sql`
    insert into runs (id, workspace_id, campaign_id, version_id, occurrence_key, name, status, started_at, queued_at, last_progress_at,
      base_url, launched_by, from_step, seed_of, seed_wave, freeze_cursor, audience_count, list_total, excluded_count, wave_count)
    select ${id}, workspace_id, campaign_id, version_id, ${`seeds:${run.id}:${wave}`}, name, 'sending', now(), now(), now(),
      base_url, ${by}::jsonb, from_step, ${run.id}, ${wave}, 'deliveries:', s.n, s.n, 0, 1
    from runs, (select count(*)::int as n from contacts where workspace_id = ${workspaceId} and id = any(${seedContactIds}::text[])
                and erased_at is null) s
    where workspace_id = ${workspaceId} and id = ${run.id} and s.n > 0
    on conflict (workspace_id, campaign_id, occurrence_key) do nothing`;
  if (made.count === 0) return null;
  await sql`
    insert into run_members (workspace_id, run_id, contact_id, wave, seed, email, phone, snapshot)
    select ${workspaceId}, ${id}, c.id, 1, 1, c.email, c.phone, ${snapshotOf(sql, run.frozen.fields)}
    from contacts c where c.workspace_id = ${workspaceId} and c.id = any(${seedContactIds}::text[]) and c.erased_at is null`;
  await sql`
    with batch as (
      insert into batches (workspace_id, run_id, step, wave, state, provider_account_id, size)
      select ${workspaceId}, ${id}, ${first.index}, 1, 'ready', ${accountOf(first.step)}, count(*)::int
      from run_members where workspace_id = ${workspaceId} and run_id = ${id} returning id, size
    ), wave as (
      insert into waves (workspace_id, run_id, number, size, status, released_at, released_by)
      select ${workspaceId}, ${id}, 1, size, 'released', now(), 'dispatch' from batch
    )
    insert into deliveries (workspace_id, run_id, step, contact_id, batch_id)
    select ${workspaceId}, ${id}, ${first.index}, m.contact_id, batch.id from run_members m, batch
    where m.workspace_id = ${workspaceId} and m.run_id = ${id}`;
  await recordAudit(tx, systemCtx(workspaceId, 'dispatch'), {
    action: 'run.seeds_started',
    subjectType: 'run',
    subjectId: run.id,
    data: { wave, seedRunId: id },
  });
  return id;
}

/**
 * Starts the seed recipients of every wave whose first step is through: internal people who get the real message last,
 * marked for them, in a run beside this one that no list and no statistic counts. Once per wave. Answers the new runs.
 */
export async function startSeeds(tx: Tx, run: QueuingRun): Promise<string[]> {
  if (run.seedOf !== null || run.frozen.notify.seedContactIds.length === 0) return [];
  const first = nextStep(run.frozen.flow, run.fromStep, databaseNow());
  if (!first) return [];
  const started: string[] = [];
  for (const wave of await wavesForSeeds(tx, run, first.index)) {
    const id = await startOne(tx, run, wave, first);
    if (id) started.push(id);
  }
  return started;
}
