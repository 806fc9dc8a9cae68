'use client';

import type { ChartAnnotation } from '@/components/charts/annotations';
import { LineChart } from '@/components/charts/line-chart';
import { useNow } from '@/components/ui/clock';
import { Section } from '@/components/ui/section';
import { isTerminal } from '@/lib/domain/run';
import { rateAnnotations } from './rate-annotations';
import type { RunPart } from './run-live';

function unitOf(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  return seconds < 3600 ? `${seconds / 60} min` : `${seconds / 3600} h`;
}

/** Deliveries settled per second over the life of the run, with everything that made it faster or slower. */
export function RateSection({ progress, details }: RunPart) {
  const { rates, trail } = details;
  const now = useNow();
  if (rates.at.length === 0) return null;
  const at = rates.at.map((each) => Date.parse(each));
  const accepted = [...rates.accepted];
  const failed = [...rates.failed];
  const other = [...rates.other];
  const last = at.at(-1) ?? 0;
  const end = isTerminal(progress.status) ? Date.parse(progress.completedAt ?? '') || last : (now ?? last);
  // after the last measured point nothing was settled
  for (const point of [last + rates.bucketSeconds * 1000, end]) {
    if (point <= (at.at(-1) ?? 0)) continue;
    at.push(point);
    for (const series of [accepted, failed, other]) series.push(0);
  }
  const annotations: ChartAnnotation[] = rateAnnotations(trail, { fromMs: at[0] ?? 0, toMs: at.at(-1) ?? 0 });
  const hasOther = other.some((value) => value > 0);
  return (
    <Section title="Rate" description="How many deliveries got their outcome each second.">
      <div className="border-ink border-t pt-4">
        <LineChart
          label={`Per second, over ${unitOf(rates.bucketSeconds)}`}
          at={at}
          unit="/s"
          stepped
          height={180}
          annotations={annotations}
          series={[
            { key: 'accepted', label: 'Accepted', tone: 'accepted', values: accepted },
            { key: 'failed', label: 'Failed', tone: 'failed', values: failed },
            ...(hasOther
              ? [{ key: 'other', label: 'Skipped or in doubt', tone: 'waiting' as const, values: other }]
              : []),
          ]}
        />
      </div>
    </Section>
  );
}
