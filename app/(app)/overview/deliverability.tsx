import { Sparkline } from '@/components/charts/sparkline';
import { TextLink } from '@/components/ui/link-button';
import { formatNumber, formatShare, Num } from '@/components/ui/number';
import { NumberLink } from '@/components/ui/number-link';
import { Section } from '@/components/ui/section';
import { addOutcomes, bounced, opened } from '@/lib/domain/outcome-counts';
import type { DailyTotals } from '@/lib/features/reports/daily-totals';
import type { ReportRun } from '@/lib/features/reports/report-runs';

interface DeliverabilityProps {
  runs: ReportRun[];
  daily: DailyTotals;
  days: number;
}

/** How well mail arrives: every share is of the messages that the provider took. */
export function Deliverability({ runs, daily, days }: DeliverabilityProps) {
  const href = `/reports?days=${days}`;
  const sum = addOutcomes(...runs);
  const sent = runs.reduce((total, run) => total + run.sent, 0);
  const lines = [
    { label: 'Confirmed as delivered', n: sum.delivered },
    { label: 'Bounced', n: bounced(sum) },
    { label: 'Marked as spam', n: sum.complained },
    { label: 'Opened', n: opened(sum) },
    { label: 'Clicked', n: sum.clicked },
    { label: 'Unsubscribed', n: sum.unsubscribed },
  ];
  return (
    <Section title={`Deliverability, last ${days} days`} actions={<TextLink href={href}>Report</TextLink>}>
      {sent === 0 ? (
        <p className="border-ink border-t pt-3 text-ink-soft">No message was accepted in this time.</p>
      ) : (
        <table className="w-full border-separate border-spacing-0">
          <caption className="sr-only">Outcome of the messages of the last {days} days</caption>
          <tbody>
            <tr>
              <th scope="row" className="border-ink border-t py-2 text-left font-medium">
                Accepted by providers
              </th>
              <td className="border-ink border-t py-2 text-right">
                <Sparkline
                  className="ml-auto"
                  values={daily.accepted}
                  tone="accepted"
                  label={`Accepted per day, ${formatNumber(daily.accepted.at(-1) ?? 0)} today`}
                />
              </td>
              <td className="border-ink border-t py-2 pl-4 text-right">
                <NumberLink href={href}>
                  <Num value={sent} className="font-medium" />
                </NumberLink>
              </td>
            </tr>
            {lines.map(({ label, n }) => (
              <tr key={label}>
                <th scope="row" className="border-rule border-t py-2 text-left font-normal text-ink-soft">
                  {label}
                </th>
                <td className="figure border-rule border-t py-2 text-right text-ink-faint">{formatShare(n, sent)}</td>
                <td className="w-0 border-rule border-t py-2 pl-4 text-right">
                  <NumberLink href={n > 0 ? href : undefined}>
                    <Num value={n} faintZero />
                  </NumberLink>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
