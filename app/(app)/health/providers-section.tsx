import { Badge } from '@/components/ui/badge';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { formatNumber } from '@/components/ui/number';
import { RelativeTime } from '@/components/ui/relative-time';
import { Section } from '@/components/ui/section';
import { Stamp } from '@/components/ui/stamp';
import { PROVIDER_NAME } from '@/lib/domain/provider-name';
import type { Wire } from '@/lib/domain/wire';
import type { ProviderHealth } from '@/lib/features/health/health-page';

const BREAKER = {
  closed: { status: 'active', label: 'Well' },
  open: { status: 'stalled', label: 'Held back' },
  half_open: { status: 'scheduled', label: 'Being tried' },
} as const;

function Reason({ provider }: { provider: Wire<ProviderHealth> }) {
  const { breakerReason, breakerOpenedAt, breakerRetryAt, breakerState, verifiedAt } = provider;
  if (breakerState === 'closed') {
    return (
      <span className="text-ink-faint">
        {verifiedAt ? (
          <>
            proved <RelativeTime at={verifiedAt} />
          </>
        ) : (
          'not proved by a test message yet'
        )}
      </span>
    );
  }
  return (
    <span className="[overflow-wrap:anywhere]">
      {breakerReason}
      <span className="block text-ink-faint text-xs">
        {breakerOpenedAt && (
          <>
            since <RelativeTime at={breakerOpenedAt} />
          </>
        )}
        {breakerRetryAt && (
          <>
            , tried again <RelativeTime at={breakerRetryAt} />
          </>
        )}
      </span>
    </span>
  );
}

/** The accounts messages go through, and whether anything may go through them now. */
export function ProvidersSection({ providers, mayManage }: { providers: Wire<ProviderHealth>[]; mayManage: boolean }) {
  return (
    <Section
      title="Providers"
      description="An account that fails is held back and tried again by itself; no delivery fails for it."
      actions={
        mayManage && (
          <LinkButton size="sm" href="/settings/providers">
            Settings
          </LinkButton>
        )
      }
    >
      <DataTable
        label="Providers"
        rows={providers}
        rowKey={({ id }) => id}
        empty={
          <EmptyState kind="filtered" title="No provider yet">
            Nothing can be sent before there is one.
          </EmptyState>
        }
        columns={[
          {
            key: 'name',
            header: 'Account',
            cell: ({ name, kind, sandbox }) => (
              <span>
                {name} {sandbox && <Badge tone="doubt">Sandbox</Badge>}
                <span className="block font-normal text-ink-faint text-xs">{PROVIDER_NAME[kind]}</span>
              </span>
            ),
          },
          {
            key: 'state',
            header: 'State',
            width: '10rem',
            cell: ({ breakerState }) => <Stamp {...BREAKER[breakerState]} />,
          },
          { key: 'reason', header: 'Why', width: '45%', cell: (provider) => <Reason provider={provider} /> },
          {
            key: 'rate',
            header: 'Limit',
            align: 'right',
            cell: ({ maxPerSecond }) => (
              <span className="figure">{maxPerSecond === null ? 'none' : `${formatNumber(maxPerSecond)}/s`}</span>
            ),
          },
        ]}
      />
    </Section>
  );
}
