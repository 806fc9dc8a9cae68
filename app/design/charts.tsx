import { BarChart } from '@/components/charts/bar-chart';
import { ColumnChart } from '@/components/charts/column-chart';
import { LineChart } from '@/components/charts/line-chart';
import { Sparkline } from '@/components/charts/sparkline';

const MINUTE_MS = 60_000;
const START = Date.UTC(2026, 10, 21, 10, 4);
const AT = Array.from({ length: 46 }, (_, index) => START + index * MINUTE_MS);
const RATE = AT.map((_, index) => {
  if (index >= 18 && index < 25) return 0;
  return Math.round(
    210 + 24 * Math.sin(index / 2.3) + 11 * Math.sin(index * 1.7) - (index > 40 ? (index - 40) * 34 : 0),
  );
});
const FAILED = RATE.map((rate, index) =>
  rate === 0 ? 0 : Math.round(6 + 4 * Math.sin(index / 1.3) + (index === 30 ? 40 : 0)),
);
const DAYS = Array.from({ length: 30 }, (_, index) => ({
  key: String(index),
  label: `${index + 1} Nov`,
  value: Math.round(40 + 30 * Math.sin(index / 3) + (index % 7) * 4),
}));

export function Charts() {
  return (
    <div className="flex flex-col gap-12">
      <LineChart
        label="Accepted per minute"
        at={AT}
        unit=" per min"
        series={[
          { key: 'accepted', label: 'Accepted', tone: 'accepted', values: RATE },
          { key: 'failed', label: 'Failed', tone: 'failed', values: FAILED, area: false },
        ]}
        annotations={[
          {
            key: 'pause',
            kind: 'pause',
            fromMs: START + 18 * MINUTE_MS,
            toMs: START + 25 * MINUTE_MS,
            label: 'Paused by Ines',
          },
          { key: 'restart', kind: 'restart', fromMs: START + 33 * MINUTE_MS, label: 'Restarted' },
        ]}
      />
      <div className="grid gap-12 lg:grid-cols-2">
        <ColumnChart label="Unsubscribes per day" columns={DAYS} />
        <div className="flex flex-col gap-3">
          <span className="text-ink-soft text-xs">Failures by cause</span>
          <BarChart
            label="Failures by cause"
            whole={418}
            bars={[
              { key: 'a', label: 'The mailbox does not exist', value: 212, tone: 'failed', href: '#' },
              { key: 'b', label: 'The mailbox is full', value: 121, tone: 'failed', href: '#' },
              { key: 'c', label: 'Number not in service', value: 64, tone: 'failed', href: '#' },
              { key: 'd', label: 'A merge tag had no value', value: 21, tone: 'failed', href: '#' },
            ]}
          />
        </div>
      </div>
      <p className="flex flex-wrap items-center gap-4">
        Opens <Sparkline label="Opens per day, 312 yesterday" values={DAYS.map(({ value }) => value)} />
        Bounces <Sparkline label="Bounces per day, none yesterday" tone="failed" values={[1, 4, 2, 9, 3, 1, 0]} />
      </p>
      <LineChart label="A run that has not begun" at={[]} series={[]} height={96} />
    </div>
  );
}
