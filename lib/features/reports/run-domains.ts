import type { Tx } from '@/lib/db/client';
import { RESENT_WAVE } from '@/lib/domain/delivery';
import { emailDomain } from '@/lib/features/runs/run-part-pages';

/** The addresses of one domain at one step. */
export interface DomainOutcome {
  step: number;
  stepName: string;
  domain: string;
  failed: number;
  bounced: number;
  sent: number;
  opened: number;
}

const MAX_DOMAINS = 25;

/** The email addresses of a run by their domain, for each step, those with most failures and bounces first. */
export async function runDomains(tx: Tx, workspaceId: string, runId: string): Promise<DomainOutcome[]> {
  const { sql } = tx;
  const steps = await sql<{ step: number; name: string }[]>`
    select (s.n - 1)::int as step, s.step ->> 'name' as name
    from runs r join campaign_versions v on v.id = r.version_id, jsonb_array_elements(v.outline) with ordinality s(step, n)
    where r.workspace_id = ${workspaceId} and r.id = ${runId} and s.step ->> 'kind' = 'email'`;
  if (steps.length === 0) return [];
  const rows = await sql<Omit<DomainOutcome, 'stepName'>[]>`
    with mine as materialized (
      select d.step, d.contact_id, d.state, d.bounced_at, d.opened_at from batches b join deliveries d on d.batch_id = b.id
      where b.workspace_id = ${workspaceId} and b.run_id = ${runId} and b.wave <> ${RESENT_WAVE}
        and d.step = any(${steps.map(({ step }) => step)}::smallint[]) and d.state in ('accepted', 'failed')
    )
    select d.step, ${emailDomain(tx)} as domain, count(*) filter (where d.state = 'failed')::int as failed,
      count(d.bounced_at)::int as bounced, count(*) filter (where d.state = 'accepted')::int as sent, count(d.opened_at)::int as opened
    from mine d join run_members m on m.workspace_id = ${workspaceId} and m.run_id = ${runId} and m.contact_id = d.contact_id
    group by 1, 2
    order by count(*) filter (where d.state = 'failed' or d.bounced_at is not null) desc, count(*) desc, 2, 1 limit ${MAX_DOMAINS}`;
  return rows.map((row) => ({ ...row, stepName: steps.find(({ step }) => step === row.step)?.name ?? '' }));
}
