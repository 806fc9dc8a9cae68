import { authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { type DomainOutcome, runDomains } from '@/lib/features/reports/run-domains';
import { type RunEngagement, runEngagement } from '@/lib/features/reports/run-engagement';
import { type RunLink, runLinks } from '@/lib/features/reports/run-links';

export interface RunBreakdowns {
  links: RunLink[];
  domains: DomainOutcome[];
  engagement: RunEngagement;
}

/** The breakdowns of a larger run are kept with its outcomes; those of a smaller one are counted in milliseconds. */
export const KEPT_FROM = 20_000;

async function countBreakdowns(tx: Tx, workspaceId: string, runId: string): Promise<RunBreakdowns> {
  return {
    links: await runLinks(tx, workspaceId, runId),
    domains: await runDomains(tx, workspaceId, runId),
    engagement: await runEngagement(tx, workspaceId, runId),
  };
}

/** Counts the breakdowns and keeps them, in the transaction that keeps the outcomes, so that the two agree. */
export async function keepBreakdowns(tx: Tx, workspaceId: string, runId: string): Promise<void> {
  const counted = JSON.stringify(await countBreakdowns(tx, workspaceId, runId));
  await tx.sql`
    insert into run_breakdowns (workspace_id, run_id, counted) values (${workspaceId}, ${runId}, ${counted}::text::jsonb)
    on conflict (workspace_id, run_id) do update set counted = excluded.counted, counted_at = now()`;
}

/**
 * A run by link, by domain and over time: of a large run as kept when its outcomes were counted last, else of this moment.
 * Null where a large run has not been counted yet and `orCount` does not ask for it.
 */
export async function runBreakdowns(
  ctx: Ctx,
  runId: string,
  { orCount = false }: { orCount?: boolean } = {},
): Promise<RunBreakdowns | null> {
  authorise(ctx, 'reports.read');
  const { workspaceId } = ctx;
  return withTx(ctx, async (tx) => {
    const [run] = await tx.sql<{ audience: number; kept: RunBreakdowns | null }[]>`
      select coalesce(r.audience_count, 0) as audience, k.counted as kept from runs r
      left join run_breakdowns k on k.workspace_id = r.workspace_id and k.run_id = r.id
      where r.workspace_id = ${workspaceId} and r.id = ${runId}`;
    const isLarge = run !== undefined && run.audience > KEPT_FROM;
    if (isLarge && run.kept) {
      const { engagement, ...rest } = run.kept;
      return { ...rest, engagement: { ...engagement, at: engagement.at.map((at) => new Date(at)) } };
    }
    return isLarge && !orCount ? null : await countBreakdowns(tx, workspaceId, runId);
  });
}
