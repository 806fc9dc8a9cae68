import type { Tx } from '@/lib/db/client';
import type { FreezingRun } from '@/lib/features/audience/freezing-run';

/** How many members are out for one reason, or in one wave. */
export interface MemberGroup {
  exclusion: string | null;
  wave: number | null;
  n: number;
}

/** Counts who is in so far; read by itself, because PostgreSQL reads in parallel only where nothing is written. */
export async function groupMembers({ sql }: Tx, run: FreezingRun): Promise<MemberGroup[]> {
  return await sql<MemberGroup[]>`
    select exclusion, wave, count(*)::int as n from run_members
    where workspace_id = ${run.workspaceId} and run_id = ${run.id} group by exclusion, wave`;
}

/** Writes the counts of the audience, its exclusions and its waves: `set` what all members make, `add` what new ones make. */
export async function writeMemberCounts(
  { sql }: Tx,
  run: FreezingRun,
  groups: readonly MemberGroup[],
  how: 'set' | 'add',
): Promise<void> {
  const before = (column: string) => (how === 'add' ? sql`${sql(column)} + ` : sql``);
  const waves = groups.flatMap(({ wave }) => (wave === null ? [] : [wave]));
  await sql`
    with counted as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(groups)}::text::jsonb) as g (exclusion text, wave int, n int)
    ), excluded as (
      insert into run_exclusions as e (workspace_id, run_id, reason, n)
      select ${run.workspaceId}, ${run.id}, exclusion, n from counted where exclusion is not null
      on conflict (workspace_id, run_id, reason) do update set n = ${before('e.n')} excluded.n
    ), included as (
      insert into waves as w (workspace_id, run_id, number, size)
      select ${run.workspaceId}, ${run.id}, wave, n from counted where wave is not null
      on conflict (workspace_id, run_id, number) do update set size = ${before('w.size')} excluded.size
    )
    update runs r set list_total = ${before('r.list_total')} t.total, audience_count = ${before('r.audience_count')} t.included,
      excluded_count = ${before('r.excluded_count')} (t.total - t.included), wave_count = greatest(${how === 'add' ? sql`r.wave_count` : sql`0`}, t.waves),
      last_progress_at = now()
    from (select coalesce(sum(n), 0)::int as total, coalesce(sum(n) filter (where wave is not null), 0)::int as included,
            coalesce(max(wave), 0) as waves from counted) t
    where r.workspace_id = ${run.workspaceId} and r.id = ${run.id}`;
  if (how === 'add') return;
  // everybody of a wave may have turned out to share an address with somebody of an earlier one
  await sql`
    update waves set size = 0 where workspace_id = ${run.workspaceId} and run_id = ${run.id}
      and number <> all(${waves}::int[])`;
}
