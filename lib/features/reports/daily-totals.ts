import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';

export interface DailyTotals {
  /** Midnight of each day in the zone of the workspace, rising, without holes. */
  at: Date[];
  accepted: number[];
  failed: number[];
}

interface Row {
  at: Date;
  accepted: number;
  failed: number;
}

/** Messages and records settled each day of the last `days`, by the calendar of the workspace. */
export async function dailyTotals(ctx: Ctx, days: number): Promise<DailyTotals> {
  authorise(ctx, 'reports.read');
  const rows = await withTx(
    ctx,
    ({ sql }) => sql<Row[]>`
      with zone as (select time_zone as tz from workspaces where id = ${ctx.workspaceId}),
      span as (
        select d::date as day from zone, generate_series((now() at time zone tz)::date - ${days - 1}::int,
          (now() at time zone tz)::date, interval '1 day') d
      ), recent as (
        select id from runs where workspace_id = ${ctx.workspaceId} and seed_of is null
          and coalesce(completed_at, now()) > now() - ${days + 1} * interval '1 day' and started_at is not null
      ), settled as (
        select (k.at at time zone zone.tz)::date as day, sum(n) filter (where state = 'accepted') as accepted,
          sum(n) filter (where state = 'failed') as failed
        from zone, recent join run_rates k on k.workspace_id = ${ctx.workspaceId} and k.run_id = recent.id
        where k.at > now() - ${days + 1} * interval '1 day' group by 1
      )
      select (span.day::timestamp at time zone zone.tz) as at, coalesce(settled.accepted, 0)::int as accepted,
        coalesce(settled.failed, 0)::int as failed
      from zone, span left join settled using (day) order by span.day`,
  );
  return {
    at: rows.map((row) => row.at),
    accepted: rows.map((row) => row.accepted),
    failed: rows.map((row) => row.failed),
  };
}
