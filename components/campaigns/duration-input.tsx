'use client';

import { type ReactNode, useState } from 'react';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { DURATION_UNITS, type DurationUnit, durationMsOf, durationParts } from '@/lib/domain/campaign-flow';

interface DurationInputProps {
  label: string;
  valueMs: number;
  onChange: (ms: number) => void;
  hint?: ReactNode;
  /** The longest that is allowed. */
  maxMs?: number;
  minMs?: number;
}

const YEAR_MS = 365 * 86_400_000;

/** `2 days`: a whole number and its unit. */
export function DurationInput({ label, valueMs, onChange, hint, maxMs = YEAR_MS, minMs = 60_000 }: DurationInputProps) {
  const parts = durationParts(valueMs);
  const [unit, setUnit] = useState<DurationUnit>(parts.unit);
  const [text, setText] = useState(String(parts.n));
  const n = /^\d{1,6}$/.test(text.trim()) ? Number(text) : null;
  const error = n === null ? 'Enter a whole number.' : rangeError(durationMsOf(n, unit), minMs, maxMs);

  function take(nextText: string, nextUnit: DurationUnit) {
    setText(nextText);
    setUnit(nextUnit);
    const ms = /^\d{1,6}$/.test(nextText.trim()) ? durationMsOf(Number(nextText), nextUnit) : null;
    if (ms !== null && !rangeError(ms, minMs, maxMs)) onChange(ms);
  }

  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <span className="flex items-center gap-2">
          <Input
            {...control}
            inputMode="numeric"
            autoComplete="off"
            className="w-20 tabular-nums"
            value={text}
            onChange={(event) => take(event.target.value, unit)}
          />
          <Select
            aria-label={`${label}: unit`}
            className="w-32"
            value={unit}
            onValueChange={(next) => take(text, DURATION_UNITS.find((each) => each.unit === next)?.unit ?? unit)}
            options={DURATION_UNITS.map(({ unit: value }) => ({ value, label: value }))}
          />
        </span>
      )}
    </Field>
  );
}

function rangeError(ms: number, minMs: number, maxMs: number): string | undefined {
  if (ms < minMs) return 'That is too short.';
  return ms > maxMs ? 'That is too long: a year is the most.' : undefined;
}
