import { Download } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { buttonStyle } from '@/components/ui/button-style';
import { Code } from '@/components/ui/code';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { Num } from '@/components/ui/number';
import { PageHeader } from '@/components/ui/page-header';
import { Stamp } from '@/components/ui/stamp';
import { saveTable } from '../actions';
import { TableButton } from '../table-button';
import { ArchiveButton } from './archive-button';

interface TableHeaderProps {
  table: { id: string; name: string; slug: string; columns: string[]; archivedAt: Date | null };
  count: { rows: number; isMore: boolean };
  runId: string | undefined;
  mayEdit: boolean;
  mayExport: boolean;
}

/** Which table this is, how much is in it, and the ways out of it. */
export function TableHeader({ table, count, runId, mayEdit, mayExport }: TableHeaderProps) {
  const { id, name, slug, columns, archivedAt } = table;
  const { rows, isMore } = count;
  const query = runId ? `?${new URLSearchParams({ runId })}` : '';
  return (
    <PageHeader
      title={name}
      trail={[{ label: 'Outputs', href: '/outputs' }]}
      stamp={archivedAt && <Stamp status="archived" />}
      description={
        <>
          {isMore && 'More than '}
          <Num value={rows} /> {rows === 1 ? 'row' : 'rows'}, known as <Code>{slug}</Code> in CSV, API and SQL
        </>
      }
      actions={
        <>
          {mayEdit && (
            <>
              <ArchiveButton id={id} name={name} />
              <TableButton
                title="Edit table"
                submit="Save"
                action={saveTable}
                stored={{ id, name, columns }}
                trigger={<Button>Edit</Button>}
              />
            </>
          )}
          {mayExport && (
            <a className={buttonStyle({ variant: 'primary' })} href={`/api/v1/outputs/${slug}/csv${query}`} download>
              <Download /> {runId ? 'CSV of this run' : 'CSV'}
            </a>
          )}
        </>
      }
    />
  );
}

export function NoRows({ slug, runId }: { slug: string; runId: string | undefined }) {
  if (runId) {
    return (
      <EmptyState
        title="This run wrote nothing here"
        kind="filtered"
        action={<LinkButton href={`/outputs/${slug}`}>Show all runs</LinkButton>}
      />
    );
  }
  return (
    <EmptyState title="No row yet" action={<LinkButton href="/campaigns">Campaigns</LinkButton>}>
      Rows appear as soon as a campaign’s record step has somebody to record.
    </EmptyState>
  );
}
