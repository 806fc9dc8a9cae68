import { type RowsOf, rowsHref } from '@/components/runs/rows-href';
import { DataTable } from '@/components/ui/data-table';
import { formatShare, Num } from '@/components/ui/number';
import { NumberLink } from '@/components/ui/number-link';
import { Section } from '@/components/ui/section';
import type { DomainOutcome } from '@/lib/features/reports/run-domains';

interface DomainTableProps {
  runId: string;
  domains: DomainOutcome[];
}

/** Where mail did not arrive: failures and bounces by the domain of the address, each number with its people behind it. */
export function DomainTable({ runId, domains }: DomainTableProps) {
  if (domains.length === 0) return null;
  const steps = new Set(domains.map(({ step }) => step)).size;
  const number =
    (of: 'sent' | 'failed' | 'bounced', narrowed: Omit<RowsOf, 'step' | 'domain'>) => (row: DomainOutcome) => (
      <NumberLink href={row[of] > 0 ? rowsHref(runId, { step: row.step, ...narrowed, domain: row.domain }) : undefined}>
        <Num value={row[of]} faintZero />
      </NumberLink>
    );
  return (
    <Section title="By domain" description="Those with most failures and bounces first.">
      <DataTable
        label="Domains"
        rows={domains}
        rowKey={({ step, domain }) => `${step}/${domain}`}
        columns={[
          {
            key: 'domain',
            header: 'Domain',
            cell: ({ domain, stepName }) => (
              <span className="[overflow-wrap:anywhere]">
                {domain}
                {steps > 1 && <span className="font-normal text-ink-faint"> in {stepName}</span>}
              </span>
            ),
          },
          { key: 'sent', header: 'Accepted', align: 'right', cell: number('sent', { state: 'accepted' }) },
          { key: 'failed', header: 'Failed', align: 'right', cell: number('failed', { state: 'failed' }) },
          { key: 'bounced', header: 'Bounced', align: 'right', cell: number('bounced', { fact: 'bounced' }) },
          {
            key: 'share',
            header: 'Not delivered',
            align: 'right',
            cell: ({ sent, failed, bounced }) => (
              <span className="figure">{formatShare(failed + bounced, sent + failed)}</span>
            ),
          },
          {
            key: 'opened',
            header: 'Opened',
            align: 'right',
            cell: ({ step, domain, sent, opened }) => (
              <NumberLink href={opened > 0 ? rowsHref(runId, { step, fact: 'opened', domain }) : undefined}>
                <span className="figure">{formatShare(opened, sent)}</span>
              </NumberLink>
            ),
          },
        ]}
      />
    </Section>
  );
}
