import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';

export interface DomainOutcome {
  domain: string;
  failed: number;
  bounced: number;
  /** Null for very large runs, where only what went wrong is looked up by domain. */
  sent: number | null;
  opened: number | null;
}

const MAX_DOMAINS = 25;
const COUNTED_WHOLE = 100_000;

/** The email addresses of a run by their domain, those with most failures and bounces first. */
export async function runDomains(ctx: Ctx, runId: string): Promise<DomainOutcome[]> {
  authorise(ctx, 'reports.read');
  return withTx(ctx, async ({ sql }) => {
    const [run] = await sql<{ emails: number[]; isLarge: boolean }[]>`
      select coalesce(r.audience_count, 0) > ${COUNTED_WHOLE} as "isLarge",
        array(select (s.n - 1)::int from jsonb_array_elements(v.outline) with ordinality s(step, n)
              where s.step ->> 'kind' = 'email') as emails
      from runs r join campaign_versions v on v.id = r.version_id
      where r.workspace_id = ${ctx.workspaceId} and r.id = ${runId}`;
    if (!run || run.emails.length === 0) return [];
    const { emails, isLarge } = run;
    const rows = await sql<DomainOutcome[]>`
      select coalesce(nullif(lower(split_part(m.email, '@', 2)), ''), 'unknown') as domain,
        count(*) filter (where d.state = 'failed')::int as failed, count(d.bounced_at)::int as bounced,
        ${isLarge ? sql`null::int` : sql`count(*) filter (where d.state = 'accepted')::int`} as sent,
        ${isLarge ? sql`null::int` : sql`count(d.opened_at)::int`} as opened
      from batches b join deliveries d on d.batch_id = b.id
      join run_members m on m.workspace_id = d.workspace_id and m.run_id = d.run_id and m.contact_id = d.contact_id
      where b.workspace_id = ${ctx.workspaceId} and b.run_id = ${runId} and d.step = any(${emails}::smallint[])
        and d.resend_of is null and ${isLarge ? sql`(d.state = 'failed' or d.bounced_at is not null)` : sql`d.state in ('accepted', 'failed')`}
      group by 1 order by count(*) filter (where d.state = 'failed' or d.bounced_at is not null) desc, count(*) desc, 1
      limit ${MAX_DOMAINS}`;
    return [...rows];
  });
}
