import { Id } from '@/components/ui/code';
import { DataTable } from '@/components/ui/data-table';
import { TextLink } from '@/components/ui/link-button';
import { RelativeTime } from '@/components/ui/relative-time';
import { dataPieces, pageOf, sentence } from './audit-words';

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

function Subject({ type, id }: { type: string; id: string }) {
  const href = pageOf(type, id);
  const name = sentence(type);
  return (
    <span className="flex flex-col items-start">
      {href ? <TextLink href={href}>{name}</TextLink> : name}
      <Id value={id} of={`${type} id`} />
    </span>
  );
}

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
              <span className="block text-ink-faint text-xs [overflow-wrap:anywhere] empty:hidden">
                {dataPieces(data).join(' · ')}
              </span>
            </>
          ),
        },
        {
          key: 'actor',
          header: 'Who',
          width: '14rem',
          cell: ({ actor }) => (
            <>
              {actor.type === 'system' ? 'Waybill' : actor.name}
              {actor.type === 'system' && <span className="block text-ink-faint text-xs">{actor.name}</span>}
              {actor.type === 'api_key' && <span className="block text-ink-faint text-xs">API key</span>}
            </>
          ),
        },
        {
          key: 'subject',
          header: 'On',
          width: '12rem',
          cell: ({ subjectId, subjectType }) => <Subject type={subjectType} id={subjectId} />,
        },
        { key: 'at', header: 'When', width: '11rem', cell: ({ at }) => <RelativeTime at={at} show="exact" /> },
      ]}
    />
  );
}
