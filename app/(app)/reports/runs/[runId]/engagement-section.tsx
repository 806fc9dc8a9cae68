import { LineChart } from '@/components/charts/line-chart';
import { Section } from '@/components/ui/section';
import type { RunEngagement } from '@/lib/features/reports/run-engagement';

/** When people, and machines, opened and clicked for the first time. */
export function EngagementSection({ engagement }: { engagement: RunEngagement }) {
  const { at, opened, clicked } = engagement;
  if (at.length < 2) return null;
  return (
    <Section title="Opens and clicks over time" description="The first of each message.">
      <div className="border-ink border-t pt-4">
        <LineChart
          label="First opens and clicks"
          at={at.map((each) => each.getTime())}
          height={180}
          series={[
            { key: 'opened', label: 'Opened', tone: 'link', values: opened },
            { key: 'clicked', label: 'Clicked', tone: 'accepted', values: clicked },
          ]}
        />
      </div>
    </Section>
  );
}
