'use client';

import { useId } from 'react';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { CONSENTS } from '@/lib/domain/contact';
import { OP_LABELS, type TestOp } from '@/lib/domain/value-test';
import { type DraftTest, opsOf, takes, withOp } from './rule-draft';
import { TokenInput } from './token-input';
import { useKnownValues } from './use-known-values';

interface TestFieldsProps {
  test: DraftTest;
  /** What is compared: `Plan`. */
  noun: string;
  onChange: (test: DraftTest) => void;
  /** Key of an attribute whose values are offered. */
  attribute?: string;
  /** A consent has three values only. */
  isConsent?: boolean;
  invalid: boolean;
  describedBy: string | undefined;
}

const WIDTH: Partial<Record<DraftTest['type'], string>> = { number: 'w-32', date: 'w-40' };
const INPUT_TYPE = { date: 'date', number: 'text', text: 'text', tags: 'text', boolean: 'text' } as const;

/** The comparison of one value: `is one of [ … ]`, `is between [ … ] and [ … ]`, `is in the last [ … ] days`. */
export function TestFields(props: TestFieldsProps) {
  const { test, noun, onChange, attribute, isConsent = false, invalid, describedBy } = props;
  const { known, ask } = useKnownValues(attribute);
  const listId = useId();
  const ops: TestOp[] = isConsent ? ['equals', 'not_equals'] : opsOf(test.type);
  const state = { 'aria-invalid': invalid || undefined, 'aria-describedby': describedBy };
  const box = (field: 'value' | 'from' | 'to', label: string) => (
    <Input
      {...state}
      aria-label={label}
      type={INPUT_TYPE[test.type]}
      inputMode={test.type === 'number' ? 'decimal' : undefined}
      value={test[field]}
      maxLength={500}
      list={field === 'value' && known.length > 0 ? listId : undefined}
      onFocus={ask}
      onChange={(event) => onChange({ ...test, [field]: event.target.value })}
      className={WIDTH[test.type] ?? 'min-w-32 grow basis-48'}
    />
  );
  const shape = takes(test.op);
  return (
    <>
      <Select
        aria-label={`${noun}: comparison`}
        className="w-auto"
        value={test.op}
        onValueChange={(op) => onChange(withOp(test, op as TestOp))}
        options={ops.map((op) => ({ value: op, label: OP_LABELS[op] }))}
      />
      {shape === 'many' && (
        <TokenInput
          noun={noun}
          values={test.values}
          suggestions={known}
          onFocus={ask}
          invalid={invalid}
          describedBy={describedBy}
          onChange={(values) => onChange({ ...test, values })}
        />
      )}
      {shape === 'one' && (test.type === 'boolean' || isConsent) && (
        <Select
          aria-label={`${noun}: value`}
          className="w-auto"
          value={test.value || undefined}
          onValueChange={(value) => onChange({ ...test, value })}
          options={(isConsent ? CONSENTS : ['yes', 'no']).map((value) => ({ value, label: value }))}
        />
      )}
      {shape === 'one' && test.type !== 'boolean' && !isConsent && box('value', `${noun}: value`)}
      {shape === 'range' && (
        <>
          {box('from', `${noun}: from`)}
          <span>and</span>
          {box('to', `${noun}: to`)}
        </>
      )}
      {shape === 'days' && (
        <>
          <Input
            {...state}
            aria-label={`${noun}: days`}
            inputMode="numeric"
            className="w-20"
            value={test.days}
            maxLength={5}
            onChange={(event) => onChange({ ...test, days: event.target.value })}
          />
          <span>{test.op === 'more_than_days_ago' ? 'days ago' : 'days'}</span>
        </>
      )}
      {known.length > 0 && (
        <datalist id={listId}>
          {known.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
    </>
  );
}
