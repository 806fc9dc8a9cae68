import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';

export interface RunEngagement {
  /** Width of one point. */
  bucketSeconds: number;
  at: Date[];
  /** First opens and first clicks of a message, by when they came. */
  opened: number[];
  clicked: number[];
}

const WIDTHS = [60, 300, 900, 3600, 10_800, 43_200, 86_400, 604_800];
const MAX_POINTS = 120;

/** First opens and clicks of the messages of a run over time, in at most some hundred points. */
export async function runEngagement(ctx: Ctx, runId: string): Promise<RunEngagement> {
  authorise(ctx, 'reports.read');
  return withTx(ctx, async ({ sql }) => {
    const rows = await sql<{ minute: number; opened: number; clicked: number }[]>`
      select floor(extract(epoch from t.at) / 60)::int as minute, count(*) filter (where t.is_open)::int as opened,
        count(*) filter (where not t.is_open)::int as clicked
      from batches b join deliveries d on d.batch_id = b.id
      cross join lateral (values (d.opened_at, true), (d.clicked_at, false)) t(at, is_open)
      where b.workspace_id = ${ctx.workspaceId} and b.run_id = ${runId} and d.resend_of is null and d.opened_at is not null
        and t.at is not null
      group by 1 order by 1`;
    const first = rows[0]?.minute;
    const last = rows.at(-1)?.minute;
    if (first === undefined || last === undefined) return { bucketSeconds: 60, at: [], opened: [], clicked: [] };
    const width = WIDTHS.find((each) => ((last - first) * 60) / each <= MAX_POINTS) ?? 604_800;
    const slotOf = (minute: number) => Math.floor((minute * 60) / width);
    const size = slotOf(last) - slotOf(first) + 1;
    const at = Array.from({ length: size }, (_, i) => new Date((slotOf(first) + i) * width * 1000));
    const opened = new Array<number>(size).fill(0);
    const clicked = new Array<number>(size).fill(0);
    for (const row of rows) {
      const slot = slotOf(row.minute) - slotOf(first);
      opened[slot] = (opened[slot] ?? 0) + row.opened;
      clicked[slot] = (clicked[slot] ?? 0) + row.clicked;
    }
    return { bucketSeconds: width, at, opened, clicked };
  });
}
