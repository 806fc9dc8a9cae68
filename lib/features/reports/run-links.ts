import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { hitKind } from '@/lib/features/reports/hit-kind';

export interface RunLink {
  step: number;
  stepName: string;
  /** Its number in the message. */
  link: number;
  label: string;
  /** The destination, with merge tags where they stand. */
  url: string;
  clicks: number;
  /** Clicks that were no machine’s. */
  clicksByPeople: number;
  /** Messages in which it was clicked at least once. */
  people: number;
}

type UrlNode = string | { value?: { field?: string[] } };
interface StepLinks {
  step: number;
  name: string;
  links: { url: UrlNode[]; label: string }[];
}

/** A compiled address as it was written: fixed text, and `{{ field }}` where a contact’s value goes. */
function urlWords(url: readonly UrlNode[]): string {
  return url.map((node) => (typeof node === 'string' ? node : `{{ ${node.value?.field?.join('.') ?? '…'} }}`)).join('');
}

/** Every link of the very messages a run sent, in their order, with its clicks. */
export async function runLinks(ctx: Ctx, runId: string): Promise<RunLink[]> {
  authorise(ctx, 'reports.read');
  return withTx(ctx, async (tx) => {
    const { sql } = tx;
    const steps = await sql<StepLinks[]>`
      select (s.n - 1)::int as step, s.step ->> 'name' as name, s.step #> '{content,links}' as links
      from runs r join campaign_versions v on v.id = r.version_id,
        jsonb_array_elements(v.frozen -> 'flow') with ordinality s(step, n)
      where r.workspace_id = ${ctx.workspaceId} and r.id = ${runId} and s.step ->> 'kind' = 'email'
        and jsonb_typeof(s.step #> '{content,links}') = 'array'`;
    const hits = await sql<{ step: number; link: number; clicks: number; clicksByPeople: number; people: number }[]>`
      select t.step, t.link, count(*)::int as clicks, count(*) filter (where t.kind <> 'machine')::int as "clicksByPeople",
        count(distinct t.delivery_id)::int as people
      from (
        select d.step, h.link, h.delivery_id, ${hitKind(tx)} as kind
        from batches b join deliveries d on d.batch_id = b.id
        join tracking_hits h on h.workspace_id = d.workspace_id and h.delivery_id = d.id and h.kind = 'click'
        where b.workspace_id = ${ctx.workspaceId} and b.run_id = ${runId} and d.resend_of is null and d.clicked_at is not null
      ) t group by 1, 2`;
    return steps.flatMap(({ step, name, links }) =>
      links.map(({ url, label }, link) => {
        const hit = hits.find((each) => each.step === step && each.link === link);
        return {
          step,
          stepName: name,
          link,
          label,
          url: urlWords(url),
          clicks: hit?.clicks ?? 0,
          clicksByPeople: hit?.clicksByPeople ?? 0,
          people: hit?.people ?? 0,
        };
      }),
    );
  });
}
