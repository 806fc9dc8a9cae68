'use client';

import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Combobox } from '@/components/ui/combobox';
import { Field } from '@/components/ui/field';
import { IconButton } from '@/components/ui/icon-button';
import { Input } from '@/components/ui/input';
import { Segmented } from '@/components/ui/segmented';
import { Select } from '@/components/ui/select';
import { newBlock } from '../block-kinds';
import {
  type ConditionRow,
  type ConditionRows,
  conditionRows,
  conditionSource,
  TEST_WORDS,
  TESTS,
} from '../condition-rows';
import type { TagChoice } from '../tag-choice';
import { type BlockOf, useBlockFields } from './block-fields';

export function ConditionalFields({ block }: { block: BlockOf<'conditional'> }) {
  const { set, patch, error, fields, isReadOnly } = useBlockFields<'conditional'>(block);
  const rows = conditionRows(block.if);
  const [asText, setAsText] = useState(rows === null);
  return (
    <>
      {rows && !asText ? (
        <Rows
          value={rows}
          fields={fields}
          disabled={isReadOnly}
          onChange={(next) => set('if', conditionSource(next))}
          error={error('if')}
        />
      ) : (
        <Field label="Shown if" error={error('if')} hint='For example: plan == "Pro" and not device'>
          {(control) => (
            <Input {...control} mono value={block.if} onChange={(event) => set('if', event.target.value)} />
          )}
        </Field>
      )}
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Checkbox
          label="Show something else to everybody else"
          checked={block.otherwise !== undefined}
          onCheckedChange={(value) =>
            patch({ otherwise: value === true ? [newBlock('text')] : undefined }, 'otherwise')
          }
        />
        <Button size="sm" variant="quiet" disabled={rows === null && asText} onClick={() => setAsText(!asText)}>
          {asText ? 'As lines' : 'As text'}
        </Button>
      </div>
    </>
  );
}

interface RowsProps {
  value: ConditionRows;
  fields: TagChoice[];
  disabled: boolean;
  onChange: (value: ConditionRows) => void;
  error: string | undefined;
}

function Rows({ value, fields, disabled, onChange, error }: RowsProps) {
  const { join, rows } = value;
  const change = (index: number, next: Partial<ConditionRow>) =>
    onChange({ join, rows: rows.map((row, at) => (at === index ? { ...row, ...next } : row)) });
  const first = fields[0]?.key ?? 'first_name';
  return (
    <div className="flex flex-col gap-3">
      {rows.length > 1 && (
        <Segmented<'and' | 'or'>
          label="How many must hold"
          value={join}
          onChange={(next) => onChange({ join: next, rows })}
          options={[
            { value: 'and', label: 'All of these' },
            { value: 'or', label: 'Any of these' },
          ]}
          className="self-start"
        />
      )}
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name of their own, and fields keep no state
        <div key={index} className="flex flex-wrap items-center gap-2">
          <Combobox
            aria-label={`Field of line ${index + 1}`}
            noun="fields"
            className="w-36 grow"
            value={[row.field]}
            onChange={([field = row.field]) => change(index, { field, isNumber: isNumber(fields, field) })}
            options={optionsOf(fields, row.field)}
          />
          <Select
            aria-label={`Test of line ${index + 1}`}
            className="w-36"
            disabled={disabled}
            value={row.test}
            onValueChange={(next) => change(index, { test: TESTS.find((test) => test === next) ?? row.test })}
            options={TESTS.map((test) => ({ value: test, label: TEST_WORDS[test] }))}
          />
          {row.test !== 'present' && row.test !== 'absent' && (
            <Input
              aria-label={`Value of line ${index + 1}`}
              className="w-28 grow"
              value={row.value}
              onChange={(event) => change(index, { value: event.target.value, isNumber: isNumber(fields, row.field) })}
            />
          )}
          <IconButton
            label={`Remove line ${index + 1}`}
            icon={<X />}
            disabled={disabled || rows.length === 1}
            onClick={() => onChange({ join, rows: rows.filter((_, at) => at !== index) })}
          />
        </div>
      ))}
      {error && <p className="text-failed-ink text-xs">{error}</p>}
      <Button
        size="sm"
        variant="quiet"
        className="self-start"
        onClick={() =>
          onChange({ join, rows: [...rows, { field: first, test: 'present', value: '', isNumber: false }] })
        }
      >
        <Plus /> Add a line
      </Button>
    </div>
  );
}

function isNumber(fields: TagChoice[], key: string): boolean {
  return fields.find((field) => field.key === key)?.type === 'number';
}

function optionsOf(fields: TagChoice[], current: string) {
  const known = fields.map(({ key, label }) => ({ value: key, label, aside: key }));
  return fields.some(({ key }) => key === current) ? known : [...known, { value: current, label: current }];
}
