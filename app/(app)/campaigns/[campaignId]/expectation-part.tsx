'use client';

import { DurationInput } from '@/components/campaigns/duration-input';
import { NumberInput } from '@/components/campaigns/number-input';
import { Checkbox } from '@/components/ui/checkbox';
import { Fieldset } from '@/components/ui/field';
import type { Expectation } from '@/lib/domain/recurrence';

const HOUR_MS = 3_600_000;
const USUAL = { least: 0.5, most: 2 };
const percent = (part: number) => Math.round(part * 100);

interface ExpectationPartProps {
  expect: Expectation;
  onChange: (expect: Expectation) => void;
}

/** What every occurrence should be like; whatever is not becomes an alarm. */
export function ExpectationPart({ expect, onChange }: ExpectationPartProps) {
  const { volume, doneWithinMs } = expect;
  return (
    <Fieldset
      legend="Expected of each"
      hint="That it starts, and that somebody is in the audience, is always expected. Who hears of it is chosen under Who is told."
      className="gap-4"
    >
      <Checkbox
        label="About as many people as usual"
        hint="Beside the median of the last occurrences."
        checked={volume !== null}
        onCheckedChange={(checked) => onChange({ ...expect, volume: checked === true ? USUAL : null })}
      />
      {volume && (
        <div className="flex flex-wrap gap-x-8 gap-y-4 pl-6.5">
          <NumberInput
            label="Not fewer than"
            value={percent(volume.least)}
            onChange={(least) =>
              least !== undefined && onChange({ ...expect, volume: { ...volume, least: least / 100 } })
            }
            min={0}
            max={100}
            after="% of it"
          />
          <NumberInput
            label="Not more than"
            value={percent(volume.most)}
            onChange={(most) => most && onChange({ ...expect, volume: { ...volume, most: most / 100 } })}
            min={100}
            max={100_000}
            after="% of it"
          />
        </div>
      )}
      <Checkbox
        label="Done in time"
        hint="Completed so long after its planned time at the latest."
        checked={doneWithinMs !== undefined}
        onCheckedChange={(checked) => onChange({ ...expect, doneWithinMs: checked === true ? 4 * HOUR_MS : undefined })}
      />
      {doneWithinMs !== undefined && (
        <div className="pl-6.5">
          <DurationInput
            label="Done within"
            valueMs={doneWithinMs}
            maxMs={31 * 24 * HOUR_MS}
            onChange={(ms) => onChange({ ...expect, doneWithinMs: ms })}
          />
        </div>
      )}
    </Fieldset>
  );
}
