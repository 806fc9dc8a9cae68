import { Id } from '@/components/ui/code';
import { DataTable } from '@/components/ui/data-table';
import { RelativeTime } from '@/components/ui/relative-time';
import { dataLines, sentence } from './audit-words';

interface AuditRow {
  id: string;
  at: string;
  actor: { type: string; id: string; name: string };
  action: string;
  subjectType: string;
  subjectId: string;
  data: Record<string, unknown>;
  hash: string;
}

const BY: Record<string, string> = { api_key: 'API key', system: 'Waybill itself' };

export function AuditTable({ items }: { items: AuditRow[] }) {
  return (
    <DataTable
      label="Audit log"
      rows={items}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'action',
          header: 'What',
          cell: ({ action, data }) => (
            <>
              <span className="font-medium">{sentence(action)}</span>
              {dataLines(data).map((line) => (
                <span key={line} className="block text-ink-faint text-xs [overflow-wrap:anywhere]">
                  {line}
                </span>
              ))}
            </>
          ),
        },
        {
          key: 'actor',
          header: 'Who',
          width: '14rem',
          cell: ({ actor }) => (
            <>
              {actor.name}
              {BY[actor.type] && <span className="block text-ink-faint text-xs">{BY[actor.type]}</span>}
            </>
          ),
        },
        {
          key: 'subject',
          header: 'On',
          width: '12rem',
          cell: ({ subjectId, subjectType }) => <Id value={subjectId} of={`${subjectType} id`} />,
        },
        { key: 'at', header: 'When', width: '11rem', cell: ({ at }) => <RelativeTime at={at} show="exact" /> },
      ]}
    />
  );
}
