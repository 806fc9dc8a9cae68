import type { ReactNode } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data-table';
import { TextLink } from '@/components/ui/link-button';
import { RelativeTime } from '@/components/ui/relative-time';
import { RemoveButton } from './remove-button';
import { CHANNEL_WORDS, REASON_WORDS, type SuppressionReason } from './suppression-words';

interface SuppressionRow {
  id: string;
  channel: 'email' | 'sms';
  address: string | null;
  reason: SuppressionReason;
  source: string;
  note: string | null;
  createdAt: string;
}

interface SuppressionTableProps {
  suppressions: SuppressionRow[];
  canWrite: boolean;
  empty: ReactNode;
}

const TONE = {
  bounce: 'failed',
  complaint: 'failed',
  manual: 'neutral',
  unsubscribed: 'skipped',
  erased: 'skipped',
} as const;

/** Addresses with the reason why nothing is sent to them. */
export function SuppressionTable({ suppressions, canWrite, empty }: SuppressionTableProps) {
  return (
    <DataTable
      label="Suppressions"
      rows={suppressions}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          key: 'address',
          header: 'Address',
          cell: ({ address }) =>
            address ? (
              <TextLink
                href={`/contacts?q=${encodeURIComponent(address)}`}
                className="font-medium text-ink no-underline [overflow-wrap:anywhere] hover:text-link hover:underline"
              >
                {address}
              </TextLink>
            ) : (
              <span className="text-ink-faint">erased; only a keyed hash is left</span>
            ),
        },
        { key: 'channel', header: 'Channel', width: '6rem', cell: ({ channel }) => CHANNEL_WORDS[channel] },
        {
          key: 'reason',
          header: 'Why',
          cell: ({ reason, note }) => (
            <>
              <Badge tone={TONE[reason]}>{REASON_WORDS[reason]}</Badge>
              {note && <span className="mt-0.5 block text-ink-soft text-xs [overflow-wrap:anywhere]">{note}</span>}
            </>
          ),
        },
        {
          key: 'source',
          header: 'Source',
          width: '9rem',
          from: 'lg',
          cell: ({ source }) => source.replaceAll('_', ' '),
        },
        { key: 'since', header: 'Since', width: '9rem', cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
        ...(canWrite
          ? [
              {
                key: 'actions',
                header: 'Actions',
                stacked: 'plain' as const,
                align: 'right' as const,
                width: '7rem',
                cell: (row: SuppressionRow) =>
                  row.reason !== 'erased' && (
                    <RemoveButton
                      suppression={{ id: row.id, address: row.address, reason: row.reason }}
                      trigger={
                        <Button size="sm" variant="quiet" aria-label={`Allow ${row.address} again`}>
                          Allow again
                        </Button>
                      }
                    />
                  ),
              },
            ]
          : []),
      ]}
    />
  );
}
