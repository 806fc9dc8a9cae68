import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';

export interface DomainOutcome {
  domain: string;
  sent: number;
  failed: number;
  bounced: number;
  opened: number;
}

const MAX_DOMAINS = 25;

/** The email addresses of a run by their domain, those with most failures and bounces first. */
export async function runDomains(ctx: Ctx, runId: string): Promise<DomainOutcome[]> {
  authorise(ctx, 'reports.read');
  const rows = await withTx(
    ctx,
    ({ sql }) => sql<DomainOutcome[]>`
      select coalesce(nullif(lower(split_part(m.email, '@', 2)), ''), 'unknown') as domain,
        count(*) filter (where d.state = 'accepted')::int as sent,
        count(*) filter (where d.state = 'failed')::int as failed, count(d.bounced_at)::int as bounced,
        count(d.opened_at)::int as opened
      from runs r join campaign_versions v on v.id = r.version_id
      join deliveries d on d.workspace_id = r.workspace_id and d.run_id = r.id and d.resend_of is null
        and v.outline -> d.step::int ->> 'kind' = 'email'
      join run_members m on m.workspace_id = d.workspace_id and m.run_id = d.run_id and m.contact_id = d.contact_id
      where r.workspace_id = ${ctx.workspaceId} and r.id = ${runId} and d.state in ('accepted', 'failed')
      group by 1 order by count(*) filter (where d.state = 'failed' or d.bounced_at is not null) desc, count(*) desc, 1
      limit ${MAX_DOMAINS}`,
  );
  return [...rows];
}
