import type { ReactNode } from 'react';
import { Badge } from '@/components/ui/badge';
import { Code } from '@/components/ui/code';
import { DataTable } from '@/components/ui/data-table';
import { RelativeTime } from '@/components/ui/relative-time';
import { Stamp } from '@/components/ui/stamp';
import { RevokeButton } from './revoke-button';

interface KeyRow {
  id: string;
  name: string;
  prefix: string;
  live: boolean;
  scopes: string[];
  createdBy: string;
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
  isOver: boolean;
  isRevoked: boolean;
}

export function KeyTable({ keys, empty }: { keys: KeyRow[]; empty: ReactNode }) {
  return (
    <DataTable
      label="API keys"
      rows={keys}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          key: 'name',
          header: 'Name',
          cell: ({ name, live, isOver, isRevoked }) => (
            <span className="flex flex-wrap items-center gap-2 font-medium">
              <span className="[overflow-wrap:anywhere]">{name}</span>
              {!live && <Badge>Test</Badge>}
              {isOver && <Stamp status="expired" label={isRevoked ? 'Revoked' : 'Expired'} />}
            </span>
          ),
        },
        { key: 'key', header: 'Key', cell: ({ prefix }) => <Code>{prefix}…</Code> },
        {
          key: 'scopes',
          header: 'May',
          from: 'lg',
          cell: ({ scopes }) => (
            <span title={scopes.join(', ')}>{scopes.length === 1 ? scopes[0] : `${scopes.length} things`}</span>
          ),
        },
        {
          key: 'used',
          header: 'Last used',
          cell: ({ lastUsedAt }) => (lastUsedAt ? <RelativeTime at={lastUsedAt} /> : 'Never'),
        },
        {
          key: 'ends',
          header: 'Ends',
          from: 'lg',
          cell: ({ expiresAt }) => (expiresAt ? <RelativeTime at={expiresAt} /> : 'Never'),
        },
        {
          key: 'made',
          header: 'Made',
          from: 'xl',
          cell: ({ createdAt, createdBy }) => (
            <>
              <RelativeTime at={createdAt} /> by {createdBy}
            </>
          ),
        },
        {
          key: 'actions',
          header: 'Actions',
          stacked: 'plain',
          align: 'right',
          cell: ({ id, name, isOver }) => !isOver && <RevokeButton id={id} name={name} />,
        },
      ]}
    />
  );
}
