import { Download } from 'lucide-react';
import type { Metadata } from 'next';
import { z } from 'zod';
import { Button, buttonStyle } from '@/components/ui/button';
import { Code, CodeBlock } from '@/components/ui/code';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { Num } from '@/components/ui/number';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { Section } from '@/components/ui/section';
import { Stamp } from '@/components/ui/stamp';
import { requirePermission } from '@/lib/auth/current';
import { may } from '@/lib/context';
import { toWire } from '@/lib/domain/wire';
import { getOutputTable } from '@/lib/features/outputs/get-output-table';
import { listOutputRows } from '@/lib/features/outputs/list-output-rows';
import { listOutputRuns } from '@/lib/features/outputs/list-output-runs';
import { orNotFound } from '@/lib/http/or-not-found';
import { saveTable } from '../actions';
import { TableDialog } from '../table-dialog';
import { ArchiveButton } from './archive-button';
import { outputSql } from './output-sql';
import { RowsTable } from './rows-table';
import { RunFilter } from './run-filter';

const addressSchema = z.object({
  run: z.string().max(60).optional().catch(undefined),
  cursor: z.string().max(1000).optional().catch(undefined),
});

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
  const [{ items, nextCursor }, runs] = await Promise.all([
    listOutputRows(ctx, { table: id, runId, cursor }),
    listOutputRuns(ctx, id),
  ]);
  // what a record step wrote beyond the table's own columns is shown too
  const columns = [...new Set([...table.columns, ...items.flatMap(({ values }) => Object.keys(values))])];
  const query = new URLSearchParams({ ...(runId && { run: runId }) });
  const isActive = table.archivedAt === null && may(ctx, 'campaigns.write');
  return (
    <div className="flex flex-col gap-12">
      <div>
        <PageHeader
          title={name}
          trail={[{ label: 'Outputs', href: '/outputs' }]}
          stamp={table.archivedAt && <Stamp status="archived" />}
          description={
            <>
              <Num value={table.rows} /> {table.rows === 1 ? 'row' : 'rows'}, known as <Code>{slug}</Code> in CSV, API
              and SQL
            </>
          }
          actions={
            <>
              {isActive && (
                <>
                  <ArchiveButton id={id} name={name} />
                  <TableDialog
                    title="Edit table"
                    submit="Save"
                    action={saveTable}
                    stored={{ id, name, columns: table.columns }}
                    trigger={<Button>Edit</Button>}
                  />
                </>
              )}
              {may(ctx, 'contacts.export') && (
                <a
                  className={buttonStyle({ variant: 'primary' })}
                  href={`/api/v1/outputs/${slug}/csv${runId ? `?runId=${runId}` : ''}`}
                  download
                >
                  <Download /> {runId ? 'CSV of this run' : 'CSV'}
                </a>
              )}
            </>
          }
        />
        {(runs.length > 0 || runId) && (
          <div className="pb-4">
            <RunFilter runs={runs} runId={runId} />
          </div>
        )}
        {items.length === 0 ? (
          <EmptyState
            title={runId ? 'This run wrote nothing here' : 'No row yet'}
            kind={runId ? 'filtered' : 'first'}
            action={
              runId ? (
                <LinkButton href={`/outputs/${slug}`}>Show all runs</LinkButton>
              ) : (
                <LinkButton href="/campaigns">Campaigns</LinkButton>
              )
            }
          >
            {runId ? null : 'Rows appear as soon as a campaign’s record step has somebody to record.'}
          </EmptyState>
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
