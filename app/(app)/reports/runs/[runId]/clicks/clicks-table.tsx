import { Who } from '@/components/contacts/who';
import { Badge } from '@/components/ui/badge';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { RelativeTime } from '@/components/ui/relative-time';
import type { RunClick } from '@/lib/features/reports/list-run-clicks';
import type { RunLink } from '@/lib/features/reports/run-links';

const BY = { person: 'A person', machine: 'A machine', unknown: 'Not known' } as const;

/** Whose message it was, which link, what asked for it, and when. */
export function ClicksTable({ clicks, links }: { clicks: RunClick[]; links: RunLink[] }) {
  const labelOf = ({ step, link }: RunClick) =>
    links.find((each) => each.step === step && each.link === link)?.label || `Link ${link + 1}`;
  return (
    <DataTable
      label="Clicks"
      rows={clicks}
      rowKey={({ id }) => id}
      rowHref={({ contactId }) => `/contacts/${contactId}`}
      empty={<EmptyState kind="filtered" title="No click here" />}
      columns={[
        {
          key: 'who',
          header: 'Person',
          cell: ({ name, address, contactId }) => <Who name={name} address={address} contactId={contactId} />,
        },
        { key: 'link', header: 'Link', cell: labelOf },
        {
          key: 'by',
          header: 'By',
          width: '40%',
          cell: ({ by, userAgent }) => (
            <span className="flex flex-col items-start gap-1">
              <Badge tone={by === 'person' ? 'accepted' : 'neutral'}>{BY[by]}</Badge>
              <span className="text-ink-faint text-xs [overflow-wrap:anywhere]">
                {userAgent || 'It did not say what it was.'}
              </span>
            </span>
          ),
        },
        { key: 'when', header: 'When', width: '9rem', cell: ({ at }) => <RelativeTime at={at.toISOString()} /> },
      ]}
    />
  );
}
