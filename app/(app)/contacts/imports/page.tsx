import { FileUp } from 'lucide-react';
import type { Metadata } from 'next';
import { z } from 'zod';
import { ImportStamp } from '@/components/imports/import-stamp';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Link } from '@/components/ui/link';
import { LinkButton } from '@/components/ui/link-button';
import { Num } from '@/components/ui/number';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { RelativeTime } from '@/components/ui/relative-time';
import { requirePermission } from '@/lib/auth/current';
import { may } from '@/lib/context';
import { toWire } from '@/lib/domain/wire';
import type { ImportSummary } from '@/lib/features/imports/get-import';
import { listImports } from '@/lib/features/imports/list-imports';
import { listMembers } from '@/lib/features/workspaces/list-members';
import { pageOrFirst } from '@/lib/http/page-or-first';
import { RefreshWhile } from './refresh-while';

export const metadata: Metadata = { title: 'Imports' };

const addressSchema = z.object({ cursor: z.string().max(1000).optional().catch(undefined) });

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

type Countable = 'new' | 'updated' | 'unchanged' | 'rejected';

/** The number, leading to its rows where they can be shown. */
function Count({ item, of }: { item: ImportSummary; of: Countable }) {
  const value = item.counts[of];
  // updated rows can be more than people: the page of the import tells them apart
  const page = `/contacts/imports/${item.id}`;
  const href =
    of === 'rejected'
      ? `${page}?severity=rejected`
      : of === 'updated'
        ? page
        : `/contacts?${new URLSearchParams({ import: item.id })}`;
  const isThere = of === 'rejected' || ((of === 'new' || of === 'updated') && !item.dryRun && item.status !== 'undone');
  if (value === 0 || !isThere) return <Num value={value} faintZero />;
  return (
    <Link
      href={href}
      className="relative z-10 rounded-xs underline decoration-rule-strong underline-offset-4 hover:text-link"
    >
      <Num value={value} />
    </Link>
  );
}

export default async function ImportsPage({ searchParams }: Props) {
  const ctx = await requirePermission('contacts.read');
  const { cursor } = addressSchema.parse(await searchParams);
  const [{ items, nextCursor }, members] = await Promise.all([
    pageOrFirst(cursor, (from) => listImports(ctx, { cursor: from })),
    listMembers(ctx),
  ]);
  const nameOf = (id: string) => members.find(({ userId }) => userId === id)?.name ?? 'API or former member';
  const start = may(ctx, 'contacts.write') && (
    <LinkButton variant="primary" href="/contacts/import">
      <FileUp /> Import contacts
    </LinkButton>
  );
  const count = (of: Countable, header: string) => ({
    key: of,
    header,
    align: 'right' as const,
    width: '6.5rem',
    cell: (item: ImportSummary) => <Count item={item} of={of} />,
  });
  return (
    <>
      <PageHeader
        title="Imports"
        trail={[{ label: 'Contacts', href: '/contacts' }]}
        description="Every file that was checked or imported, with what became of each row."
        actions={items.length > 0 && start}
      />
      <RefreshWhile active={items.some(({ status }) => status === 'queued' || status === 'running')} />
      <DataTable
        label="Imports"
        rows={items}
        rowKey={({ id }) => id}
        rowHref={({ id }) => `/contacts/imports/${id}`}
        empty={
          <EmptyState title="Nothing was imported yet" action={start}>
            Bring a CSV file; it is checked before anything is written.
          </EmptyState>
        }
        columns={[
          {
            key: 'file',
            header: 'File',
            cell: ({ fileName, createdBy }) => (
              <>
                <span className="[overflow-wrap:anywhere]">{fileName}</span>
                <span className="block font-normal text-ink-faint text-xs">{nameOf(createdBy)}</span>
              </>
            ),
          },
          { key: 'state', header: 'State', cell: (item) => <ImportStamp state={toWire(item)} /> },
          {
            key: 'rows',
            header: 'Rows',
            align: 'right',
            width: '6.5rem',
            cell: ({ counts }) => <Num value={counts.rows} faintZero />,
          },
          count('new', 'New'),
          count('updated', 'Updated'),
          count('unchanged', 'Unchanged'),
          count('rejected', 'Rejected'),
          {
            key: 'when',
            header: 'When',
            align: 'right',
            width: '9rem',
            cell: ({ createdAt }) => <RelativeTime at={createdAt.toISOString()} />,
          },
        ]}
      />
      <Pagination
        previousHref={cursor ? '/contacts/imports' : null}
        nextHref={nextCursor && `/contacts/imports?${new URLSearchParams({ cursor: nextCursor })}`}
      />
    </>
  );
}
