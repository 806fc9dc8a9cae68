import { DataTable } from '@/components/ui/data-table';
import { RelativeTime } from '@/components/ui/relative-time';
import { Stamp } from '@/components/ui/stamp';

export interface WebhookRow {
  id: string;
  url: string;
  eventTypes: string[];
  description: string | null;
  enabled: boolean;
  disabledReason: string | null;
  failingSince: string | null;
  createdAt: string;
}

export function WebhookTable({ webhooks }: { webhooks: WebhookRow[] }) {
  return (
    <DataTable
      label="Webhooks"
      rows={webhooks}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/settings/webhooks/${id}`}
      columns={[
        {
          key: 'url',
          header: 'Address',
          cell: ({ url, description }) => (
            <span className="block min-w-0">
              <span className="block font-mono text-xs [overflow-wrap:anywhere]">{url}</span>
              {description && <span className="block font-normal text-ink-faint text-xs">{description}</span>}
            </span>
          ),
        },
        {
          key: 'events',
          header: 'Told of',
          cell: ({ eventTypes }) => (
            <span title={eventTypes.join(', ')}>
              {eventTypes.includes('*')
                ? 'Everything'
                : eventTypes.length <= 2
                  ? eventTypes.join(', ')
                  : `${eventTypes.length} kinds of events`}
            </span>
          ),
        },
        { key: 'state', header: 'State', cell: WebhookStamp },
        { key: 'made', header: 'Since', from: 'lg', cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
      ]}
    />
  );
}

function WebhookStamp({ enabled, failingSince }: WebhookRow) {
  if (!enabled) return <Stamp status="expired" label="Off" />;
  if (failingSince) return <Stamp status="failed" label="Failing" />;
  return <Stamp status="active" label="On" />;
}
