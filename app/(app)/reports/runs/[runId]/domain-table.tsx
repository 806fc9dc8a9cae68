import { DataTable } from '@/components/ui/data-table';
import { formatShare, Num } from '@/components/ui/number';
import { Section } from '@/components/ui/section';
import type { DomainOutcome } from '@/lib/features/reports/run-domains';

/** Where mail did not arrive: failures and bounces by the domain of the address. */
export function DomainTable({ domains }: { domains: DomainOutcome[] }) {
  if (domains.length === 0) return null;
  return (
    <Section title="By domain" description="Those with most failures and bounces first.">
      <DataTable
        label="Domains"
        rows={domains}
        rowKey={({ domain }) => domain}
        columns={[
          {
            key: 'domain',
            header: 'Domain',
            cell: ({ domain }) => <span className="[overflow-wrap:anywhere]">{domain}</span>,
          },
          { key: 'sent', header: 'Accepted', align: 'right', cell: ({ sent }) => <Num value={sent} faintZero /> },
          { key: 'failed', header: 'Failed', align: 'right', cell: ({ failed }) => <Num value={failed} faintZero /> },
          {
            key: 'bounced',
            header: 'Bounced',
            align: 'right',
            cell: ({ bounced }) => <Num value={bounced} faintZero />,
          },
          {
            key: 'share',
            header: 'Not delivered',
            align: 'right',
            cell: ({ sent, failed, bounced }) => (
              <span className="figure">{sent === null ? '–' : formatShare(failed + bounced, sent + failed)}</span>
            ),
          },
          {
            key: 'opened',
            header: 'Opened',
            align: 'right',
            cell: ({ sent, opened }) => (
              <span className="figure">{sent === null || opened === null ? '–' : formatShare(opened, sent)}</span>
            ),
          },
        ]}
      />
    </Section>
  );
}
