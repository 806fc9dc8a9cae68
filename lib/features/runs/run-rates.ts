import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';

export interface RunRates {
  /** Width of one point. */
  bucketSeconds: number;
  /** Start of each point, rising, without holes. */
  at: Date[];
  /** Per second, by what became of the deliveries. */
  accepted: number[];
  failed: number[];
  other: number[];
}

const STORED_SECONDS = 10;
const MAX_POINTS = 180;
const WIDTHS = [10, 30, 60, 300, 900, 3600, 21_600, 86_400];

interface Row {
  slot: number;
  accepted: number;
  failed: number;
  other: number;
}

const EMPTY: RunRates = { bucketSeconds: STORED_SECONDS, at: [], accepted: [], failed: [], other: [] };

/** Deliveries settled per second over the life of a run, in at most some two hundred points. */
export async function runRates(ctx: Ctx, runId: string): Promise<RunRates> {
  authorise(ctx, 'runs.read');
  const ws = ctx.workspaceId;
  return withTx(ctx, async ({ sql }) => {
    const [span] = await sql<{ first: number | null; last: number; now: number }[]>`
      select extract(epoch from min(at))::float8 as first, extract(epoch from max(at))::float8 as last,
             extract(epoch from now())::float8 as now
      from run_rates where workspace_id = ${ws} and run_id = ${runId}`;
    if (!span?.first) return EMPTY;
    const { first, last, now } = span;
    const width = WIDTHS.find((each) => (last - first) / each <= MAX_POINTS) ?? 86_400;
    const rows = await sql<Row[]>`
      select floor(extract(epoch from at) / ${width}::float8)::int as slot,
        coalesce(sum(n) filter (where state = 'accepted'), 0)::int as accepted,
        coalesce(sum(n) filter (where state = 'failed'), 0)::int as failed,
        coalesce(sum(n) filter (where state not in ('accepted', 'failed')), 0)::int as other
      from run_rates where workspace_id = ${ws} and run_id = ${runId} group by 1 order by 1`;
    const bySlot = new Map(rows.map((row) => [row.slot, row]));
    const rates: RunRates = { bucketSeconds: width, at: [], accepted: [], failed: [], other: [] };
    for (let slot = Math.floor(first / width); slot <= Math.floor(last / width); slot++) {
      const row = bySlot.get(slot);
      // the newest point may still be filling
      const seconds = Math.min(width, Math.max(width / 2, now - slot * width));
      rates.at.push(new Date(slot * width * 1000));
      for (const key of ['accepted', 'failed', 'other'] as const) {
        rates[key].push(Math.round(((row?.[key] ?? 0) / seconds) * 100) / 100);
      }
    }
    return rates;
  });
}
