'use client';

import { Combobox } from '@/components/ui/combobox';
import { Field, Fieldset } from '@/components/ui/field';
import { RadioGroup } from '@/components/ui/radio-group';
import { Select } from '@/components/ui/select';
import { DATE_ORDERS, type DateOrder } from '@/lib/domain/attribute';
import type { ImportOptions } from '@/lib/domain/import';

const ORDER_LABELS: Record<DateOrder, string> = {
  ymd: 'Year, month, day (2026-02-28)',
  dmy: 'Day, month, year (28/02/2026)',
  mdy: 'Month, day, year (02/28/2026)',
};

interface ValueOptionsProps {
  options: ImportOptions;
  countries: { value: string; label: string }[];
  workspaceCountry: string | undefined;
  onChange: (options: ImportOptions) => void;
}

/** How single values are read, and what happens with those that cannot be. */
export function ValueOptions({ options, countries, workspaceCountry, onChange }: ValueOptionsProps) {
  const own = countries.find(({ value }) => value === workspaceCountry)?.label;
  const none = own ? `${own}, as in the settings` : 'None: numbers need their country code';
  return (
    <>
      <div className="grid gap-6 sm:grid-cols-3">
        <Field label="Dates are written">
          {(control) => (
            <Select
              {...control}
              value={options.dateOrder}
              onValueChange={(next) =>
                onChange({ ...options, dateOrder: DATE_ORDERS.find((order) => order === next) ?? options.dateOrder })
              }
              options={DATE_ORDERS.map((value) => ({ value, label: ORDER_LABELS[value] }))}
            />
          )}
        </Field>
        <Field label="Decimals are written">
          {(control) => (
            <Select
              {...control}
              value={options.decimalMark}
              onValueChange={(next) => onChange({ ...options, decimalMark: next === 'comma' ? 'comma' : 'point' })}
              options={[
                { value: 'point', label: 'With a point (1,234.50)' },
                { value: 'comma', label: 'With a comma (1.234,50)' },
              ]}
            />
          )}
        </Field>
        <Field label="Country of phone numbers">
          {(control) => (
            <Combobox
              {...control}
              noun="countries"
              value={[options.defaultCountry ?? '']}
              onChange={([country]) => onChange({ ...options, defaultCountry: country || undefined })}
              options={[{ value: '', label: none }, ...countries]}
            />
          )}
        </Field>
      </div>
      <div className="grid gap-8 sm:grid-cols-2">
        <Fieldset legend="An empty cell">
          <RadioGroup
            aria-label="An empty cell"
            value={options.emptyCells}
            onValueChange={(next) => onChange({ ...options, emptyCells: next === 'clear' ? 'clear' : 'keep' })}
            options={[
              { value: 'keep', label: 'Leaves what is known as it is' },
              { value: 'clear', label: 'Empties what is known' },
            ]}
          />
        </Fieldset>
        <Fieldset legend="A value that cannot be read">
          <RadioGroup
            aria-label="A value that cannot be read"
            value={options.badValues}
            onValueChange={(next) =>
              onChange({ ...options, badValues: next === 'leave_empty' ? 'leave_empty' : 'reject_row' })
            }
            options={[
              { value: 'reject_row', label: 'Refuses its row', hint: 'The row comes back in rejected.csv' },
              {
                value: 'leave_empty',
                label: 'Is left empty, with a note',
                hint: 'Addresses and customer numbers refuse their row all the same',
              },
            ]}
          />
        </Fieldset>
      </div>
    </>
  );
}
