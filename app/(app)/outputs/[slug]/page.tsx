import type { Metadata } from 'next';
import { z } from 'zod';
import { CodeBlock } from '@/components/ui/code';
import { Pagination } from '@/components/ui/pagination';
import { Section } from '@/components/ui/section';
import { requirePermission } from '@/lib/auth/current';
import { may } from '@/lib/context';
import { toWire } from '@/lib/domain/wire';
import { countOutputRows } from '@/lib/features/outputs/count-output-rows';
import { getOutputTable } from '@/lib/features/outputs/get-output-table';
import { listOutputRows } from '@/lib/features/outputs/list-output-rows';
import { listOutputRuns } from '@/lib/features/outputs/list-output-runs';
import { orNotFound } from '@/lib/http/or-not-found';
import { pageOrFirst } from '@/lib/http/page-or-first';
import { outputSql } from './output-sql';
import { RowsTable } from './rows-table';
import { RunFilter } from './run-filter';
import { NoRows, TableHeader } from './table-header';

const addressSchema = z.object({
  run: z.string().max(60).optional().catch(undefined),
  cursor: z.string().max(1000).optional().catch(undefined),
});

/** Beyond that, nobody is kept waiting for the exact number; the API has it. */
const MOST_COUNTED = 100_000;

interface Props {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const ctx = await requirePermission('campaigns.read');
  return { title: (await orNotFound(getOutputTable(ctx, (await params).slug))).name };
}

export default async function OutputPage({ params, searchParams }: Props) {
  const ctx = await requirePermission('campaigns.read');
  const { run: runId, cursor } = addressSchema.parse(await searchParams);
  const table = await orNotFound(getOutputTable(ctx, (await params).slug));
  const { id, name, slug } = table;
  const [{ items, nextCursor }, runs, count] = await Promise.all([
    pageOrFirst(cursor, (at) => listOutputRows(ctx, { table: id, runId, cursor: at })),
    listOutputRuns(ctx, id),
    countOutputRows(ctx, id, MOST_COUNTED),
  ]);
  // what a record step wrote beyond the table's own columns is shown too
  const columns = [...new Set([...table.columns, ...items.flatMap(({ values }) => Object.keys(values))])];
  const query = new URLSearchParams({ ...(runId && { run: runId }) });
  return (
    <div className="flex flex-col gap-12">
      <div>
        <TableHeader
          table={table}
          count={count}
          runId={runId}
          mayEdit={table.archivedAt === null && may(ctx, 'campaigns.write')}
          mayExport={may(ctx, 'contacts.export')}
        />
        {(runs.length > 0 || runId) && (
          <div className="pb-4">
            <RunFilter runs={runs} runId={runId} />
          </div>
        )}
        {items.length === 0 ? (
          <NoRows slug={slug} runId={runId} />
        ) : (
          <RowsTable
            label={name}
            columns={columns}
            rows={toWire(items)}
            runNames={Object.fromEntries(runs.map((run) => [run.id, run.name]))}
          />
        )}
        <Pagination
          previousHref={cursor ? `/outputs/${slug}?${query}` : null}
          nextHref={nextCursor && `/outputs/${slug}?${new URLSearchParams([...query, ['cursor', nextCursor]])}`}
          summary={cursor ? 'Older rows; “Previous” goes to the newest' : undefined}
        />
      </div>
      <Section title="The same in SQL" description="From the read-only view, with a role limited to this workspace.">
        <CodeBlock code={outputSql(slug, columns, runId)} of="query" />
      </Section>
    </div>
  );
}
