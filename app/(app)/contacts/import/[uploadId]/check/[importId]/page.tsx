import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { ImportSteps } from '@/components/imports/import-steps';
import { LiveData } from '@/components/shell/live-data';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/current';
import { toWire } from '@/lib/domain/wire';
import { getImport } from '@/lib/features/imports/get-import';
import { listRemarks } from '@/lib/features/imports/list-remarks';
import { getList } from '@/lib/features/lists/get-list';
import { orNotFound } from '@/lib/http/or-not-found';
import { CheckResult } from './check-result';
import { CheckedRows } from './checked-rows';

export const metadata: Metadata = { title: 'Import contacts' };

interface Props {
  params: Promise<{ uploadId: string; importId: string }>;
}

export default async function ImportCheckPage({ params }: Props) {
  const ctx = await requirePermission('contacts.write');
  const { uploadId, importId } = await params;
  const { settings: _, ...checked } = await orNotFound(getImport(ctx, { id: importId }));
  if (!checked.dryRun) redirect(`/contacts/imports/${importId}`);
  const [remarks, list] = await Promise.all([
    listRemarks(ctx, { importId, limit: 10 }),
    checked.listId ? getList(ctx, { id: checked.listId }) : null,
  ]);
  return (
    <>
      <PageHeader
        title="Import contacts"
        trail={[{ label: 'Contacts', href: '/contacts' }]}
        description={`${checked.fileName}${list ? `, everybody goes on “${list.name}”` : ''}`}
      />
      <ImportSteps current={3} hrefs={{ 1: '/contacts/import', 2: `/contacts/import/${uploadId}` }} />
      <LiveData>
        <CheckResult first={toWire(checked)} backHref={`/contacts/import/${uploadId}`} />
      </LiveData>
      {remarks.items.length > 0 && checked.status === 'completed' && (
        <CheckedRows remarks={remarks.items} byCode={remarks.byCode} importId={importId} />
      )}
    </>
  );
}
