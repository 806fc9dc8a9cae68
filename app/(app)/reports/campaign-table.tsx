import { DataTable } from '@/components/ui/data-table';
import { formatNumber, formatShare, Num } from '@/components/ui/number';
import { addOutcomes, bounced, opened } from '@/lib/domain/outcome-counts';
import type { CampaignRow, CampaignSort } from './campaign-rows';

interface CampaignTableProps {
  rows: CampaignRow[];
  days: number;
  sort: CampaignSort;
  direction: 'asc' | 'desc';
}

/** A count with its share of the accepted messages above it. */
function Share({ n, of }: { n: number; of: number }) {
  return (
    <span className="figure">
      {formatShare(n, of)}
      <span className="block text-ink-faint text-xs">{formatNumber(n)}</span>
    </span>
  );
}

/** One line per campaign with its runs of the period added up; leads to those runs. */
export function CampaignTable({ rows, days, sort, direction }: CampaignTableProps) {
  const sum = addOutcomes(...rows);
  const sent = rows.reduce((total, row) => total + row.sent, 0);
  const emails = rows.reduce((total, row) => total + row.emails, 0);
  return (
    <DataTable
      label="Campaigns"
      rows={rows}
      rowKey={({ campaignId }) => campaignId}
      rowHref={({ campaignId }) => `/runs?campaignId=${campaignId}`}
      sort={{
        key: sort,
        direction,
        hrefFor: (key, next) => `/reports?days=${days}&sort=${key}&direction=${next}`,
      }}
      columns={[
        {
          key: 'name',
          header: 'Campaign',
          sortable: true,
          cell: ({ name, runs }) => (
            <span>
              {name}
              <span className="block font-normal text-ink-faint text-xs">{runs === 1 ? '1 run' : `${runs} runs`}</span>
            </span>
          ),
        },
        {
          key: 'sent',
          header: 'Accepted',
          align: 'right',
          sortable: true,
          cell: (row) => <Num value={row.sent} faintZero />,
          total: <Num value={sent} />,
        },
        {
          key: 'bounced',
          header: 'Bounced',
          align: 'right',
          sortable: true,
          cell: (row) => <Share n={bounced(row)} of={row.sent} />,
          total: <Share n={bounced(sum)} of={sent} />,
        },
        {
          key: 'opened',
          header: 'Opened',
          align: 'right',
          sortable: true,
          cell: (row) => <Share n={opened(row)} of={row.emails} />,
          total: <Share n={opened(sum)} of={emails} />,
        },
        {
          key: 'clicked',
          header: 'Clicked',
          align: 'right',
          sortable: true,
          cell: (row) => <Share n={row.clicked} of={row.emails} />,
          total: <Share n={sum.clicked} of={emails} />,
        },
        {
          key: 'unsubscribed',
          header: 'Unsubscribed',
          align: 'right',
          sortable: true,
          cell: (row) => <Share n={row.unsubscribed} of={row.sent} />,
          total: <Share n={sum.unsubscribed} of={sent} />,
        },
      ]}
    />
  );
}
