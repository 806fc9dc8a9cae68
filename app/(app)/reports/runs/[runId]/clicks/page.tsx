import type { Metadata } from 'next';
import { z } from 'zod';
import { clicksHref } from '@/components/runs/clicks-href';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { TabLinks } from '@/components/ui/tab-links';
import { requirePermission } from '@/lib/auth/current';
import { CLICKED_BY, listRunClicks, listRunClicksSchema } from '@/lib/features/reports/list-run-clicks';
import { runBreakdowns } from '@/lib/features/reports/run-breakdowns';
import { getRun } from '@/lib/features/runs/get-run';
import { orNotFound } from '@/lib/http/or-not-found';
import { pageOrFirst } from '@/lib/http/page-or-first';
import { ClicksTable } from './clicks-table';

export const metadata: Metadata = { title: 'Clicks' };

const { step, link } = listRunClicksSchema.shape;
const addressSchema = z.object({
  step: step.catch(undefined),
  link: link.catch(undefined),
  by: z.enum(CLICKED_BY).optional().catch(undefined),
  cursor: z.string().max(1000).optional().catch(undefined),
});

interface Props {
  params: Promise<{ runId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Each click of a run one by one: of everybody, or of machines. */
export default async function RunClicksPage({ params, searchParams }: Props) {
  const ctx = await requirePermission('reports.read');
  const { runId } = await params;
  const { cursor, ...of } = addressSchema.parse(await searchParams);
  const run = await orNotFound(getRun(ctx, runId));
  const [{ items, nextCursor }, breakdowns] = await Promise.all([
    pageOrFirst(cursor, (at) => listRunClicks(ctx, { runId, ...of, cursor: at })),
    runBreakdowns(ctx, runId),
  ]);
  const links = breakdowns?.links ?? [];
  const counted = links.filter((each) => (of.step ?? each.step) === each.step && (of.link ?? each.link) === each.link);
  const all = counted.reduce((sum, { clicks }) => sum + clicks, 0);
  const others = counted.reduce((sum, { clicksByPeople }) => sum + clicksByPeople, 0);
  const tab = (label: string, by: (typeof CLICKED_BY)[number] | undefined, n: number) => ({
    href: clicksHref(runId, { ...of, by }),
    label,
    count: breakdowns ? n.toLocaleString('en') : undefined,
    current: of.by === by,
  });
  const [only] = of.link === undefined ? [] : counted;
  return (
    <>
      <PageHeader
        title={only ? `Clicks on “${only.label || 'Link'}”` : 'Clicks'}
        trail={[
          { label: 'Reports', href: '/reports' },
          { label: run.name, href: `/reports/runs/${runId}` },
        ]}
        description={only ? only.url : 'Every click of the links of this run, message by message.'}
      />
      <div className="pb-4">
        <TabLinks
          label="By whom"
          tabs={[
            tab('All', undefined, all),
            tab('By machines', 'machines', all - others),
            tab('By people or not known', 'others', others),
          ]}
        />
      </div>
      <ClicksTable clicks={items} links={links} />
      <Pagination
        previousHref={cursor ? clicksHref(runId, of) : null}
        nextHref={nextCursor && `${clicksHref(runId, of)}&${new URLSearchParams({ cursor: nextCursor })}`}
      />
    </>
  );
}
