import { Download } from 'lucide-react';
import { buttonStyle } from '@/components/ui/button-style';
import { TabLinks } from '@/components/ui/tab-links';
import { STRIP_SEGMENTS, type StripCounts, type StripKey, stripTotal } from '@/lib/domain/strip';

interface RowsFilterProps {
  base: string;
  step: number;
  state: StripKey | undefined;
  steps: { step: number; name: string; counts: StripCounts }[];
  csvHref: string | null;
  /** The file holds more than is shown: everybody of the state, whatever the cause. */
  isPart: boolean;
}

function wordOf(state: StripKey | undefined): string {
  return STRIP_SEGMENTS.find(({ key }) => key === state)?.label.toLowerCase() ?? 'people of this step';
}

/** Steps and states as tabs with the very numbers of the run page. */
export function RowsFilter({ base, step, state, steps, csvHref, isPart }: RowsFilterProps) {
  const counts = steps.find((each) => each.step === step)?.counts;
  const query = (of: { step: number; state?: StripKey | undefined }) =>
    `${base}?step=${of.step}${of.state ? `&state=${of.state}` : ''}`;
  const shown = STRIP_SEGMENTS.filter(({ key }) => key === state || (counts?.[key] ?? 0) > 0);
  return (
    <div className="flex flex-col gap-2 pb-4">
      {steps.length > 1 && (
        <TabLinks
          label="Steps"
          tabs={steps.map((each) => ({
            href: query({ step: each.step, state }),
            label: `${each.step + 1} ${each.name}`,
            current: each.step === step,
          }))}
        />
      )}
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="min-w-0 max-w-full">
          <TabLinks
            label="States"
            pills={steps.length > 1}
            tabs={[
              {
                href: query({ step }),
                label: 'All',
                count: counts && stripTotal(counts).toLocaleString('en'),
                current: !state,
              },
              ...shown.map(({ key, label }) => ({
                href: query({ step, state: key }),
                label,
                count: counts?.[key].toLocaleString('en'),
                current: key === state,
              })),
            ]}
          />
        </div>
        {csvHref && (
          <a href={csvHref} download className={buttonStyle({ size: 'sm' })}>
            <Download /> {isPart ? `CSV of all ${wordOf(state)}` : 'CSV'}
          </a>
        )}
      </div>
    </div>
  );
}
