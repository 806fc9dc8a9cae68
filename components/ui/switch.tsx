'use client';

import { type ReactNode, useId, useState } from 'react';
import { cn } from './cn';

interface SwitchProps {
  label: ReactNode;
  hint?: ReactNode;
  id?: string;
  checked?: boolean;
  defaultChecked?: boolean;
  onCheckedChange?: (checked: boolean) => void;
  disabled?: boolean;
  className?: string;
}

/** Takes effect at once; in a form that is saved, use a checkbox. */
export function Switch(props: SwitchProps) {
  const { label, hint, id: givenId, checked, defaultChecked = false, onCheckedChange, disabled, className } = props;
  const ownId = useId();
  const id = givenId ?? ownId;
  const [own, setOwn] = useState(defaultChecked);
  const on = checked ?? own;
  return (
    <div className={cn('flex items-start justify-between gap-6', className)}>
      <div className="min-w-0">
        <label htmlFor={id} className="font-medium text-sm">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-ink-faint text-xs">
            {hint}
          </p>
        )}
      </div>
      <button
        type="button"
        role="switch"
        id={id}
        aria-checked={on}
        aria-describedby={hint ? `${id}-hint` : undefined}
        data-state={on ? 'checked' : 'unchecked'}
        disabled={disabled}
        onClick={() => {
          setOwn(!on);
          onCheckedChange?.(!on);
        }}
        className="group/switch relative inline-flex h-5 w-9 shrink-0 items-center rounded-full border border-field bg-well transition-colors disabled:cursor-not-allowed disabled:opacity-50 data-[state=checked]:border-ink data-[state=checked]:bg-ink"
      >
        <span className="block size-3.5 translate-x-[2px] rounded-full bg-field transition-transform group-data-[state=checked]/switch:translate-x-[18px] group-data-[state=checked]/switch:bg-paper" />
      </button>
    </div>
  );
}
