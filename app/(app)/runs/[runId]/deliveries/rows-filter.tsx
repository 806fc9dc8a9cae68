import { Download } from 'lucide-react';
import { rowsHref } from '@/components/runs/rows-href';
import { buttonStyle } from '@/components/ui/button-style';
import { TabLinks } from '@/components/ui/tab-links';
import { STRIP_SEGMENTS, type StripCounts, type StripKey, stripTotal } from '@/lib/domain/strip';
import type { RowsAddress } from './rows-heading';

interface RowsFilterProps {
  runId: string;
  of: RowsAddress;
  /** The counts where the run page knows them; of a part of the people it may not. */
  steps: { step: number; name: string; counts: StripCounts | undefined }[];
  csvHref: string | null;
  /** The file holds more than is shown: everybody of the state, whatever the cause. */
  isPart: boolean;
}

function wordOf(state: StripKey | undefined): string {
  return STRIP_SEGMENTS.find(({ key }) => key === state)?.label.toLowerCase() ?? 'people of this step';
}

/** Steps and states as tabs with the very numbers of the run page. */
export function RowsFilter({ runId, of, steps, csvHref, isPart }: RowsFilterProps) {
  const { step, state, wave, domain, link, openedBy } = of;
  const counts = steps.find((each) => each.step === step)?.counts;
  // a wave or a domain stays what it is from step to step; a link is of its own message
  const query = (to: { step: number; state?: StripKey | undefined }) =>
    rowsHref(runId, { ...to, wave, domain, openedBy, link: to.step === step ? link : undefined });
  const shown = STRIP_SEGMENTS.filter(({ key }) => key === state || !counts || counts[key] > 0);
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
