import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/current';
import { may } from '@/lib/context';
import { toWire } from '@/lib/domain/wire';
import { listOutputTables } from '@/lib/features/outputs/list-output-tables';
import { createTable } from './actions';
import { OutputList } from './output-list';
import { TableButton } from './table-button';

export const metadata: Metadata = { title: 'Outputs' };

export default async function OutputsPage() {
  const ctx = await requirePermission('campaigns.read');
  const tables = await listOutputTables(ctx);
  const create = may(ctx, 'campaigns.write') && (
    <TableButton
      title="New output table"
      submit="Make the table"
      action={createTable}
      trigger={
        <Button variant="primary">
          <Plus /> New table
        </Button>
      }
    />
  );
  return (
    <>
      <PageHeader
        title="Outputs"
        description="Tables that the record steps of campaigns write: who was reached, with what outcome. Read them here, as CSV, over the API or in SQL."
        actions={tables.length > 0 && create}
      />
      {tables.length === 0 ? (
        <EmptyState title="No table yet" action={create}>
          Make one, then let a record step of a campaign write into it: a row for everybody who came past.
        </EmptyState>
      ) : (
        <OutputList tables={toWire(tables)} />
      )}
    </>
  );
}
