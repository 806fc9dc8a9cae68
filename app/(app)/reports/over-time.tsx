import { LineChart } from '@/components/charts/line-chart';
import { Section } from '@/components/ui/section';
import type { DailyTotals } from '@/lib/features/reports/daily-totals';

/** Deliveries of each day, by the calendar of the workspace. */
export function OverTime({ daily }: { daily: DailyTotals }) {
  return (
    <Section title="Over time">
      <div className="border-ink border-t pt-4">
        <LineChart
          label="Deliveries settled each day, records among them"
          at={daily.at.map((day) => day.getTime())}
          height={180}
          series={[
            { key: 'accepted', label: 'Accepted', tone: 'accepted', values: daily.accepted },
            { key: 'failed', label: 'Failed', tone: 'failed', values: daily.failed },
          ]}
        />
      </div>
    </Section>
  );
}
