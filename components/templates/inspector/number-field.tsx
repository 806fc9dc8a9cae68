'use client';

import { useState } from 'react';
import { Field } from '@/components/ui/field';
import { Input, InputGroup } from '@/components/ui/input';

interface NumberFieldProps {
  label: string;
  unit: string;
  value: number | undefined;
  /** Undefined when the field is emptied and may be. */
  onChange: (value: number | undefined) => void;
  error?: string;
  hint?: string;
  optional?: boolean;
}

/** A whole number as it is typed; what is no number yet stays in the field and changes nothing. */
export function NumberField({ label, unit, value, onChange, error, hint, optional = false }: NumberFieldProps) {
  const [typed, setTyped] = useState(value === undefined ? '' : String(value));
  const [last, setLast] = useState(value);
  if (value !== last) {
    setLast(value);
    setTyped(value === undefined ? '' : String(value));
  }

  function type(text: string) {
    setTyped(text);
    const next = /^\d{1,5}$/.test(text.trim()) ? Number(text) : undefined;
    if (next === undefined && !(optional && text.trim() === '')) return;
    setLast(next);
    onChange(next);
  }

  return (
    <Field label={label} error={error} hint={hint} optional={optional} className="max-w-40">
      {(control) => (
        <InputGroup after={unit}>
          <Input {...control} inputMode="numeric" value={typed} onChange={(event) => type(event.target.value)} />
        </InputGroup>
      )}
    </Field>
  );
}
