'use client';

import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { cn } from './cn';

interface SegmentedProps<Value extends string> {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  options: { value: Value; label: ReactNode; name?: string }[];
  className?: string;
}

const STEP: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** One of two to five views of the same thing, walked with the arrow keys. `name` is the accessible name of an option shown as an icon. */
export function Segmented<Value extends string>({ label, value, onChange, options, className }: SegmentedProps<Value>) {
  const group = useRef<HTMLDivElement>(null);

  function walk(event: KeyboardEvent) {
    const step = STEP[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = options.findIndex((option) => option.value === value);
    const next = (at + step + options.length) % options.length;
    const option = options[next];
    if (option) onChange(option.value);
    group.current?.querySelectorAll('button')[next]?.focus();
  }

  return (
    <div
      ref={group}
      role="radiogroup"
      aria-label={label}
      onKeyDown={walk}
      className={cn('inline-flex rounded-md border border-rule-strong bg-well p-0.5', className)}
    >
      {options.map((option) => {
        const on = option.value === value;
        return (
          // biome-ignore lint/a11y/useSemanticElements: an input cannot hold an icon
          <button
            key={option.value}
            type="button"
            role="radio"
            aria-checked={on}
            tabIndex={on ? 0 : -1}
            aria-label={option.name}
            title={option.name}
            data-state={on ? 'on' : 'off'}
            onClick={() => onChange(option.value)}
            className="inline-flex h-7 items-center gap-1.5 rounded-sm border border-transparent px-2.5 font-medium text-ink-soft text-sm transition-colors hover:text-ink data-[state=on]:border-rule-strong data-[state=on]:bg-sheet data-[state=on]:text-ink [&_svg]:size-4"
          >
            {option.label}
          </button>
        );
      })}
    </div>
  );
}
