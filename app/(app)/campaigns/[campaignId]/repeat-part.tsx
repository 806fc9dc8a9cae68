'use client';

import { NumberInput } from '@/components/campaigns/number-input';
import { cn } from '@/components/ui/cn';
import { Field, Fieldset } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { type Repeat, WEEKDAYS } from '@/lib/domain/recurrence';

const MOST = { day: 366, week: 52, month: 24 } as const;
const title = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

interface RepeatPartProps {
  repeat: Repeat;
  onChange: (repeat: Repeat) => void;
}

/** Every so many days, weeks or months, and on which days of them. */
export function RepeatPart({ repeat, onChange }: RepeatPartProps) {
  function choose(unit: string) {
    if (unit === repeat.unit) return;
    if (unit === 'week') onChange({ unit, every: 1, on: ['monday'] });
    else if (unit === 'month') onChange({ unit, every: 1, day: 1 });
    else onChange({ unit: 'day', every: 1 });
  }
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-4">
        <NumberInput
          key={repeat.unit}
          label="Every"
          className="w-24"
          value={repeat.every}
          onChange={(every) => every && onChange({ ...repeat, every })}
          min={1}
          max={MOST[repeat.unit]}
        />
        <Field label="Unit" className="w-32">
          {(control) => (
            <Select
              {...control}
              value={repeat.unit}
              onValueChange={choose}
              options={[
                { value: 'day', label: repeat.every === 1 ? 'day' : 'days' },
                { value: 'week', label: repeat.every === 1 ? 'week' : 'weeks' },
                { value: 'month', label: repeat.every === 1 ? 'month' : 'months' },
              ]}
            />
          )}
        </Field>
      </div>
      {repeat.unit === 'week' && (
        <Fieldset legend="On" error={repeat.on.length === 0 ? 'Choose at least one day.' : undefined}>
          <div className="grid grid-cols-7 gap-1 sm:flex sm:gap-1.5">
            {WEEKDAYS.map((day) => {
              const on = repeat.on.includes(day);
              const days = WEEKDAYS.filter((each) => (each === day ? !on : repeat.on.includes(each)));
              return (
                <button
                  key={day}
                  type="button"
                  aria-pressed={on}
                  aria-label={title(day)}
                  onClick={() => onChange({ ...repeat, on: days })}
                  className={cn(
                    'h-9 rounded-md border font-medium text-sm transition-colors disabled:opacity-50 sm:min-w-12 sm:px-2',
                    on
                      ? 'border-ink bg-ink text-paper'
                      : 'border-rule-strong bg-sheet text-ink-soft hover:border-ink hover:text-ink',
                  )}
                >
                  {title(day.slice(0, 3))}
                </button>
              );
            })}
          </div>
        </Fieldset>
      )}
      {repeat.unit === 'month' && (
        <Field
          label="Day of the month"
          className="w-56"
          hint={repeat.day !== 'last' && repeat.day > 28 ? 'In a shorter month, its last day.' : undefined}
        >
          {(control) => (
            <Select
              {...control}
              value={String(repeat.day)}
              onValueChange={(day) => onChange({ ...repeat, day: day === 'last' ? 'last' : Number(day) })}
              options={[
                { value: 'last', label: 'The last day' },
                ...Array.from({ length: 31 }, (_, i) => ({ value: String(i + 1), label: String(i + 1) })),
              ]}
            />
          )}
        </Field>
      )}
    </div>
  );
}
