import type { Metadata } from 'next';
import { z } from 'zod';
import { ImportStamp } from '@/components/imports/import-stamp';
import { LiveData } from '@/components/shell/live-data';
import { Id } from '@/components/ui/code';
import { TextLink } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { requirePermission } from '@/lib/auth/current';
import { may } from '@/lib/context';
import { toWire } from '@/lib/domain/wire';
import { countChanged } from '@/lib/features/imports/count-changed';
import { getImport } from '@/lib/features/imports/get-import';
import { listRemarks } from '@/lib/features/imports/list-remarks';
import { getList } from '@/lib/features/lists/get-list';
import { orNotFound } from '@/lib/http/or-not-found';
import { pageOrFirst } from '@/lib/http/page-or-first';
import { ImportLive } from './import-live';
import { RemarkSection } from './remark-section';

export const metadata: Metadata = { title: 'Import' };

const addressSchema = z.object({
  severity: z.enum(['rejected', 'note']).optional().catch(undefined),
  code: z.string().max(60).optional().catch(undefined),
  cursor: z.string().max(1000).optional().catch(undefined),
});

interface Props {
  params: Promise<{ importId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ImportPage({ params, searchParams }: Props) {
  const ctx = await requirePermission('contacts.read');
  const { importId } = await params;
  const address = addressSchema.parse(await searchParams);
  const { settings: _, ...state } = await orNotFound(getImport(ctx, { id: importId }));
  const [remarks, changed, list] = await Promise.all([
    pageOrFirst(address.cursor, (cursor) => listRemarks(ctx, { importId, ...address, cursor })),
    state.counts.updated > 0 && !state.dryRun ? countChanged(ctx, importId) : 0,
    state.listId ? getList(ctx, { id: state.listId }) : null,
  ]);
  return (
    <>
      <PageHeader
        title={state.fileName}
        trail={[
          { label: 'Contacts', href: '/contacts' },
          { label: 'Imports', href: '/contacts/imports' },
        ]}
        stamp={<ImportStamp state={toWire(state)} />}
        description={
          <span className="flex flex-wrap items-center gap-x-3">
            <Id value={state.id} of="import id" />
            <span>
              started <RelativeTime at={state.createdAt.toISOString()} />
            </span>
            {list && (
              <span>
                onto <TextLink href={`/lists/${list.id}`}>{list.name}</TextLink>
              </span>
            )}
          </span>
        }
      />
      <LiveData>
        <ImportLive
          first={toWire(state)}
          changed={changed}
          canWrite={may(ctx, 'contacts.write')}
          canExport={may(ctx, 'contacts.export')}
        />
      </LiveData>
      <RemarkSection importId={importId} remarks={remarks} address={address} />
    </>
  );
}
