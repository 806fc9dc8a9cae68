'use client';

import { useId } from 'react';
import { Field, FieldError } from '@/components/ui/field';
import { RadioGroup } from '@/components/ui/radio-group';
import { Select } from '@/components/ui/select';
import { EVERY_DAY, type SendHours } from '@/lib/domain/send-hours';

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** Every quarter of a day: zones differ by quarters of an hour, so nothing finer means the same moment everywhere. */
const QUARTERS = Array.from({ length: 97 }, (_, n) => {
  const value = `${String(Math.floor(n / 4)).padStart(2, '0')}:${String((n % 4) * 15).padStart(2, '0')}`;
  return { value, label: value };
});

interface HoursInputProps {
  /** What the hours are for, to tell the controls of several apart: `Email`. */
  of: string;
  value: SendHours;
  onChange: (hours: SendHours) => void;
}

/** Days and hours, and whose clock shows them. A day that is the only one left cannot be taken away. */
export function HoursInput({ of, value, onChange }: HoursInputProps) {
  const id = useId();
  const set = (part: Partial<SendHours>) => onChange({ ...value, ...part });
  const beginnings = QUARTERS.filter((quarter) => quarter.value < value.until);
  const ends = QUARTERS.filter((quarter) => quarter.value > value.from);
  return (
    <div className="flex flex-col gap-4">
      <fieldset className="grid min-w-0 grid-cols-7 gap-1 sm:flex sm:gap-1.5">
        <legend className="mb-1.5 font-medium text-sm">{of} on these days</legend>
        {EVERY_DAY.map((day) => {
          const isOn = value.days.includes(day);
          const name = DAYS[day - 1] ?? '';
          return (
            <label
              key={day}
              htmlFor={`${id}-${day}`}
              className="relative inline-flex h-9 cursor-pointer items-center justify-center rounded-md border border-field bg-sheet font-medium text-ink-soft text-sm transition-colors hover:border-ink has-checked:border-ink has-checked:bg-ink has-checked:text-paper has-focus-visible:outline-2 has-focus-visible:outline-link has-focus-visible:outline-offset-2 sm:min-w-12 sm:px-2"
            >
              <input
                id={`${id}-${day}`}
                type="checkbox"
                className="absolute size-px opacity-0"
                aria-label={name}
                checked={isOn}
                onChange={() => {
                  const days = isOn ? value.days.filter((one) => one !== day) : [...value.days, day].sort();
                  if (days.length > 0) set({ days });
                }}
              />
              <span aria-hidden="true">{name.slice(0, 3)}</span>
            </label>
          );
        })}
      </fieldset>
      <div className="flex flex-wrap gap-4">
        <Field label={`${of} from`}>
          {(control) => (
            <Select
              {...control}
              className="w-28 tabular-nums"
              options={beginnings}
              value={value.from}
              onValueChange={(from) => set({ from })}
            />
          )}
        </Field>
        <Field label={`${of} until`}>
          {(control) => (
            <Select
              {...control}
              className="w-28 tabular-nums"
              options={ends}
              value={value.until}
              onValueChange={(until) => set({ until })}
            />
          )}
        </Field>
      </div>
      <FieldError message={value.from < value.until ? undefined : 'The end must be later than the beginning.'} />
      <RadioGroup
        aria-label={`Whose clock decides for ${of}`}
        value={value.whose}
        onValueChange={(whose) => set({ whose: whose === 'workspace' ? 'workspace' : 'contact' })}
        options={[
          {
            value: 'contact',
            label: 'By each customer’s own clock',
            hint: 'Their time zone, else that of their number’s country (all of its zones, where it has several), else the workspace’s.',
          },
          { value: 'workspace', label: 'By the workspace’s clock' },
        ]}
      />
    </div>
  );
}
