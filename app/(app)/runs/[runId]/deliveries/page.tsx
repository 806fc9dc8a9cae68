import type { Metadata } from 'next';
import { z } from 'zod';
import { TextLink } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { requirePermission } from '@/lib/auth/current';
import { may } from '@/lib/context';
import { explainCause } from '@/lib/domain/error-words';
import { STRIP_SEGMENTS } from '@/lib/domain/strip';
import { toWire } from '@/lib/domain/wire';
import { getRun } from '@/lib/features/runs/get-run';
import { listRunRows, ROW_STATES } from '@/lib/features/runs/list-run-rows';
import { runProgress } from '@/lib/features/runs/run-progress';
import { orNotFound } from '@/lib/http/or-not-found';
import { RowsFilter } from './rows-filter';
import { RowsTable } from './rows-table';

export const metadata: Metadata = { title: 'Deliveries' };

const addressSchema = z.object({
  step: z.coerce.number().int().min(0).max(99).optional().catch(undefined),
  state: z.enum(ROW_STATES).optional().catch(undefined),
  cause: z.string().max(500).optional().catch(undefined),
  cursor: z.string().max(1000).optional().catch(undefined),
});

interface Props {
  params: Promise<{ runId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export default async function RunDeliveriesPage({ params, searchParams }: Props) {
  const ctx = await requirePermission('runs.read');
  const { runId } = await params;
  const address = addressSchema.parse(await searchParams);
  const [run, progress] = await Promise.all([orNotFound(getRun(ctx, runId)), orNotFound(runProgress(ctx, runId))]);
  const step = address.step ?? progress.steps[0]?.step ?? 0;
  const { items, nextCursor } = await listRunRows(ctx, { runId, ...address, step });
  const counts = progress.steps.find((each) => each.step === step)?.counts;
  const segment = STRIP_SEGMENTS.find(({ key }) => key === address.state);
  const total = counts && (segment ? counts[segment.key] : progress.audience);
  const base = `/runs/${runId}/deliveries`;
  const hrefOf = (change: Record<string, string>) => {
    const known = {
      step: String(step),
      ...(address.state && { state: address.state }),
      ...(address.cause && { cause: address.cause }),
    };
    return `${base}?${new URLSearchParams({ ...known, ...change })}`;
  };
  return (
    <>
      <PageHeader
        title={segment ? segment.label : 'Everybody in the audience'}
        trail={[
          { label: 'Runs', href: '/runs' },
          { label: run.name, href: `/runs/${runId}` },
        ]}
        description={
          address.cause ? (
            <>
              {capital(
                explainCause(address.state === 'waiting' ? 'queued' : (address.state ?? 'failed'), address.cause).what,
              )}
              . <TextLink href={`${base}?step=${step}&state=${address.state ?? 'failed'}`}>Show every cause</TextLink>
            </>
          ) : (
            (segment?.meaning ?? 'Each person at one step of the run.')
          )
        }
      />
      <RowsFilter
        base={base}
        step={step}
        state={address.state}
        steps={progress.steps.map((each) => ({ step: each.step, name: each.name, counts: each.counts }))}
        csvHref={
          may(ctx, 'contacts.export')
            ? `/api/v1/runs/${runId}/deliveries.csv?step=${step}${address.state ? `&state=${address.state === 'waiting' ? 'queued' : address.state}` : ''}`
            : null
        }
      />
      <RowsTable rows={toWire(items)} />
      <Pagination
        previousHref={address.cursor ? hrefOf({}) : null}
        nextHref={nextCursor && hrefOf({ cursor: nextCursor })}
        summary={
          total === undefined || address.cause
            ? undefined
            : total === 1
              ? '1 person'
              : `${total.toLocaleString('en')} people`
        }
      />
    </>
  );
}
