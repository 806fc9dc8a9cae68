import { DataTable } from '@/components/ui/data-table';
import { RelativeTime } from '@/components/ui/relative-time';
import { PROVIDER_SECRETS, type ProviderKind } from '@/lib/domain/provider';
import { PROVIDER_NAME } from '@/lib/domain/provider-name';
import { BreakerStamp } from './breaker-stamp';

interface ProviderRow {
  id: string;
  kind: ProviderKind;
  channel: 'email' | 'sms';
  name: string;
  secretsSet: string[];
  breakerState: 'closed' | 'open' | 'half_open';
  breakerReason: string | null;
  verifiedAt: string | null;
  sandbox: boolean;
  senders: number;
}

function secretWords(kind: ProviderKind, set: string[]): string {
  const fields = Object.entries<{ label: string }>(PROVIDER_SECRETS[kind]);
  if (fields.length === 0) return 'none needed';
  return fields.map(([name, { label }]) => `${label}: ${set.includes(name) ? 'set' : 'not set'}`).join(', ');
}

export function ProviderTable({ providers }: { providers: ProviderRow[] }) {
  return (
    <DataTable
      label="Providers"
      rows={providers}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/settings/providers/${id}`}
      columns={[
        {
          key: 'name',
          header: 'Provider',
          cell: ({ name, kind, channel, sandbox }) => (
            <>
              <span className="[overflow-wrap:anywhere]">{name}</span>
              <span className="block font-normal text-ink-faint text-xs">
                {PROVIDER_NAME[kind]} · {channel === 'email' ? 'Email' : 'SMS'}
                {sandbox && ' · Sandbox'}
              </span>
            </>
          ),
        },
        {
          key: 'state',
          header: 'State',
          cell: ({ breakerState, breakerReason }) => (
            <>
              <BreakerStamp state={breakerState} />
              {breakerReason && (
                <span className="line-clamp-2 block pt-1 text-attention-ink text-xs">{breakerReason}</span>
              )}
            </>
          ),
        },
        {
          key: 'secrets',
          header: 'Secrets',
          cell: ({ kind, secretsSet }) => (
            <span className="text-ink-soft text-xs">{secretWords(kind, secretsSet)}</span>
          ),
          from: 'lg',
        },
        {
          key: 'verified',
          header: 'Last proved',
          cell: ({ verifiedAt }) =>
            verifiedAt ? <RelativeTime at={verifiedAt} /> : <span className="text-ink-faint">never</span>,
        },
        {
          key: 'senders',
          header: 'Senders',
          align: 'right',
          cell: ({ senders }) => <span className="figure">{senders}</span>,
        },
      ]}
    />
  );
}
