'use client';

import { type ReactNode, useState } from 'react';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { formatNumber } from '@/components/ui/number';

interface NumberInputProps {
  label: ReactNode;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
  min: number;
  max: number;
  /** Whole numbers only, unless it may have decimals. */
  decimals?: boolean;
  /** May be left empty, which means none. */
  optional?: boolean;
  hint?: ReactNode;
  after?: ReactNode;
  placeholder?: string;
  className?: string;
}

function read(text: string, { min, max, decimals, optional }: NumberInputProps): { value?: number; error?: string } {
  const plain = text.replace(/[\s,_]/g, '');
  if (plain === '') return optional ? {} : { error: 'Enter a number.' };
  const value = Number(plain);
  if (!Number.isFinite(value) || !(decimals ? /^\d*\.?\d+$/ : /^\d+$/).test(plain)) {
    return { error: decimals ? 'Enter a number.' : 'Enter a whole number.' };
  }
  if (value < min || value > max) return { error: `Between ${formatNumber(min)} and ${formatNumber(max)}.` };
  return { value };
}

/** A number that is taken over when it is one; what was typed stays, with what is wrong about it. */
export function NumberInput(props: NumberInputProps) {
  const { label, value, onChange, optional, hint, after, placeholder, className } = props;
  const [text, setText] = useState(value === undefined ? '' : String(value));
  const typed = read(text, props);
  const shown = typed.error === undefined && typed.value !== value ? (value === undefined ? '' : String(value)) : text;

  function type(next: string) {
    setText(next);
    const taken = read(next, props);
    if (taken.error === undefined) onChange(taken.value);
  }

  return (
    <Field label={label} hint={hint} error={typed.error} optional={optional} className={className}>
      {(control) => (
        <span className="flex items-center gap-2">
          <Input
            {...control}
            inputMode={props.decimals ? 'decimal' : 'numeric'}
            autoComplete="off"
            className="max-w-32 tabular-nums"
            placeholder={placeholder}
            value={shown}
            onChange={(event) => type(event.target.value)}
          />
          {after && <span className="text-ink-soft text-sm">{after}</span>}
        </span>
      )}
    </Field>
  );
}
