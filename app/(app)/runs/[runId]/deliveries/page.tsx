import type { Metadata } from 'next';
import { z } from 'zod';
import { rowsHref } from '@/components/runs/rows-href';
import { counted } from '@/components/ui/number';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { requirePermission } from '@/lib/auth/current';
import { may } from '@/lib/context';
import { type StripCounts, stripTotal } from '@/lib/domain/strip';
import { toWire } from '@/lib/domain/wire';
import { getRun } from '@/lib/features/runs/get-run';
import { listRunRows, ROW_STATES } from '@/lib/features/runs/list-run-rows';
import { runPartSchema } from '@/lib/features/runs/run-part-pages';
import { type RunProgress, runProgress } from '@/lib/features/runs/run-progress';
import { ROW_FACTS } from '@/lib/features/runs/run-row-pages';
import { orNotFound } from '@/lib/http/or-not-found';
import { pageOrFirst } from '@/lib/http/page-or-first';
import { RowsFilter } from './rows-filter';
import { type RowsAddress, rowsHeading } from './rows-heading';
import { RowsTable } from './rows-table';

export const metadata: Metadata = { title: 'Deliveries' };

const addressSchema = z.object({
  step: z.coerce.number().int().min(0).max(99).optional().catch(undefined),
  state: z.enum(ROW_STATES).optional().catch(undefined),
  cause: z.string().max(500).optional().catch(undefined),
  fact: z.enum(ROW_FACTS).optional().catch(undefined),
  wave: runPartSchema.shape.wave.catch(undefined),
  domain: runPartSchema.shape.domain.catch(undefined),
  link: runPartSchema.shape.link.catch(undefined),
  openedBy: runPartSchema.shape.openedBy.catch(undefined),
  cursor: z.string().max(1000).optional().catch(undefined),
});

/** The numbers of the run page for a step, or for a wave of it, as far as that page shows them. */
function countsOf(
  { steps, waves }: RunProgress,
  { step, wave, domain, link, openedBy }: RowsAddress,
): StripCounts | undefined {
  if (domain !== undefined || link !== undefined || openedBy !== undefined) return undefined;
  if (wave === undefined) return steps.find((each) => each.step === step)?.counts;
  return steps[0]?.step === step ? waves.find(({ number }) => number === wave)?.counts : undefined;
}

function countOf(progress: RunProgress, of: RowsAddress): number | undefined {
  const counts = countsOf(progress, of);
  return counts && (of.state ? counts[of.state] : stripTotal(counts));
}

interface Props {
  params: Promise<{ runId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function RunDeliveriesPage({ params, searchParams }: Props) {
  const ctx = await requirePermission('runs.read');
  const { runId } = await params;
  const address = addressSchema.parse(await searchParams);
  const [run, progress] = await Promise.all([orNotFound(getRun(ctx, runId)), orNotFound(runProgress(ctx, runId))]);
  const step = address.step ?? progress.steps[0]?.step ?? 0;
  const { items, nextCursor } = await pageOrFirst(address.cursor, (cursor) =>
    listRunRows(ctx, { runId, ...address, step, cursor }),
  );
  const { cursor, ...narrowed } = address;
  const { state, cause, fact } = narrowed;
  const of = { ...narrowed, step };
  const base = `/runs/${runId}/deliveries`;
  const { title, words } = rowsHeading(runId, of);
  const total = cause || fact ? undefined : countOf(progress, of);
  const hrefOf = (change: Record<string, string>) => {
    const href = rowsHref(runId, of);
    return Object.keys(change).length > 0 ? `${href}&${new URLSearchParams(change)}` : href;
  };
  const csv = new URL(
    rowsHref(runId, { ...of, cause: undefined, state: state === 'waiting' ? 'queued' : state }),
    'http://x',
  );
  return (
    <>
      <PageHeader
        title={title}
        trail={[
          { label: 'Runs', href: '/runs' },
          { label: run.name, href: `/runs/${runId}` },
        ]}
        description={words}
      />
      <RowsFilter
        runId={runId}
        of={of}
        steps={progress.steps.map((each) => ({
          step: each.step,
          name: each.name,
          counts: countsOf(progress, { ...of, step: each.step }),
        }))}
        isPart={cause !== undefined}
        csvHref={may(ctx, 'contacts.export') ? `/api/v1${base}.csv${csv.search}` : null}
      />
      <RowsTable rows={toWire(items)} />
      <Pagination
        previousHref={cursor ? hrefOf({}) : null}
        nextHref={nextCursor && hrefOf({ cursor: nextCursor })}
        summary={total === undefined ? undefined : counted(total, 'person', 'people')}
      />
    </>
  );
}
