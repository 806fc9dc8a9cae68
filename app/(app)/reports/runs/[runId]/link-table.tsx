import { type ClicksOf, clicksHref } from '@/components/runs/clicks-href';
import { rowsHref } from '@/components/runs/rows-href';
import { DataTable } from '@/components/ui/data-table';
import { formatShare, Num } from '@/components/ui/number';
import { NumberLink } from '@/components/ui/number-link';
import { Section } from '@/components/ui/section';
import type { RunLink } from '@/lib/features/reports/run-links';

/** Every link of the message, in its order, with its clicks. */
export function LinkTable({ runId, links, emails }: { runId: string; links: RunLink[]; emails: number }) {
  if (links.length === 0) return null;
  const steps = new Set(links.map(({ step }) => step)).size;
  const sum = (of: (link: RunLink) => number) => links.reduce((total, link) => total + of(link), 0);
  const number = (n: number, of: ClicksOf) => (
    <NumberLink href={n > 0 ? clicksHref(runId, of) : undefined}>
      <Num value={n} faintZero />
    </NumberLink>
  );
  return (
    <Section title="Links" description="In the order in which they stand in the message.">
      <DataTable
        label="Links"
        rows={links}
        rowKey={({ step, link }) => `${step}/${link}`}
        columns={[
          {
            key: 'link',
            header: 'Link',
            cell: ({ label, url, stepName }) => (
              <span className="[overflow-wrap:anywhere]">
                <span className="font-medium">{label || 'Link'}</span>
                {steps > 1 && <span className="text-ink-faint"> in {stepName}</span>}
                <span className="block font-mono text-ink-faint text-xs">{url}</span>
              </span>
            ),
          },
          {
            key: 'people',
            header: 'Recipients who clicked',
            align: 'right',
            cell: ({ step, link, people }) => (
              <NumberLink href={people > 0 ? rowsHref(runId, { step, link }) : undefined}>
                <Num value={people} faintZero />
              </NumberLink>
            ),
          },
          {
            key: 'share',
            header: 'Of emails',
            align: 'right',
            cell: ({ people }) => <span className="figure text-ink-soft">{formatShare(people, emails)}</span>,
          },
          {
            key: 'clicks',
            header: 'Clicks',
            align: 'right',
            cell: ({ step, link, clicks }) => number(clicks, { step, link }),
            total: number(
              sum(({ clicks }) => clicks),
              {},
            ),
          },
          {
            key: 'machines',
            header: 'By machines',
            align: 'right',
            from: 'lg',
            cell: ({ step, link, clicks, clicksByPeople }) =>
              number(clicks - clicksByPeople, { step, link, by: 'machines' }),
            total: number(
              sum(({ clicks, clicksByPeople }) => clicks - clicksByPeople),
              { by: 'machines' },
            ),
          },
        ]}
      />
    </Section>
  );
}
