import type { Metadata } from 'next';
import { z } from 'zod';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { requirePermission } from '@/lib/auth/current';
import { may } from '@/lib/context';
import { toWire } from '@/lib/domain/wire';
import { getRun } from '@/lib/features/runs/get-run';
import { listRunRows, ROW_STATES } from '@/lib/features/runs/list-run-rows';
import { runProgress } from '@/lib/features/runs/run-progress';
import { ROW_FACTS } from '@/lib/features/runs/run-row-pages';
import { orNotFound } from '@/lib/http/or-not-found';
import { pageOrFirst } from '@/lib/http/page-or-first';
import { RowsFilter } from './rows-filter';
import { rowsHeading } from './rows-heading';
import { RowsTable } from './rows-table';

export const metadata: Metadata = { title: 'Deliveries' };

const addressSchema = z.object({
  step: z.coerce.number().int().min(0).max(99).optional().catch(undefined),
  state: z.enum(ROW_STATES).optional().catch(undefined),
  cause: z.string().max(500).optional().catch(undefined),
  fact: z.enum(ROW_FACTS).optional().catch(undefined),
  cursor: z.string().max(1000).optional().catch(undefined),
});

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
  const counts = progress.steps.find((each) => each.step === step)?.counts;
  const { state, cause, fact } = address;
  const total = counts && (state ? counts[state] : progress.audience);
  const base = `/runs/${runId}/deliveries`;
  const { title, words } = rowsHeading(base, { step, state, cause, fact });
  const hrefOf = (change: Record<string, string>) => {
    const known = { step: String(step), ...(state && { state }), ...(cause && { cause }), ...(fact && { fact }) };
    return `${base}?${new URLSearchParams({ ...known, ...change })}`;
  };
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
        base={base}
        step={step}
        state={state}
        steps={progress.steps.map((each) => ({ step: each.step, name: each.name, counts: each.counts }))}
        isPart={cause !== undefined || fact !== undefined}
        csvHref={
          may(ctx, 'contacts.export')
            ? `/api/v1/runs/${runId}/deliveries.csv?step=${step}${state ? `&state=${state === 'waiting' ? 'queued' : state}` : ''}`
            : null
        }
      />
      <RowsTable rows={toWire(items)} />
      <Pagination
        previousHref={address.cursor ? hrefOf({}) : null}
        nextHref={nextCursor && hrefOf({ cursor: nextCursor })}
        summary={
          total === undefined || cause || fact
            ? undefined
            : `${total.toLocaleString('en')} ${total === 1 ? 'person' : 'people'}`
        }
      />
    </>
  );
}
