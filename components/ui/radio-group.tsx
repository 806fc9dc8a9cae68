'use client';

import { type ComponentProps, type ReactNode, useId } from 'react';
import { cn } from './cn';

export interface RadioOption {
  value: string;
  label: ReactNode;
  hint?: ReactNode;
  /** At the right: the number this choice is about. */
  aside?: ReactNode;
  disabled?: boolean;
}

interface RadioGroupProps extends Omit<ComponentProps<'div'>, 'children' | 'defaultValue' | 'onChange'> {
  options: RadioOption[];
  /** `ruled` draws the options as lines of a sheet, for choices that need explaining. */
  look?: 'plain' | 'ruled';
  name?: string;
  value?: string;
  defaultValue?: string;
  onValueChange?: (value: string) => void;
  disabled?: boolean;
}

const dotStyle =
  "mt-0.5 grid size-4 shrink-0 appearance-none place-items-center rounded-full border border-field bg-sheet transition-colors hover:border-ink checked:border-ink disabled:cursor-not-allowed disabled:border-rule-strong checked:before:size-2 checked:before:rounded-full checked:before:bg-ink checked:before:content-['']";

export function RadioGroup(props: RadioGroupProps) {
  const { options, look = 'plain', name, value, defaultValue, onValueChange, disabled: allDisabled, ...rest } = props;
  const { className, ...root } = rest;
  const id = useId();
  const ruled = look === 'ruled';
  return (
    <div
      role="radiogroup"
      className={cn(
        'flex flex-col',
        ruled ? 'divide-y divide-rule rounded-md border border-rule-strong bg-sheet' : 'gap-3',
        className,
      )}
      {...root}
    >
      {options.map(({ value: own, label, hint, aside, disabled }) => (
        <div
          key={own}
          className={cn(
            'relative flex items-start gap-2.5',
            ruled &&
              'px-4 py-3 transition-colors first:rounded-t-md last:rounded-b-md hover:bg-well has-checked:bg-well has-disabled:text-ink-faint has-disabled:hover:bg-transparent',
          )}
        >
          <input
            type="radio"
            id={`${id}-${own}`}
            name={name ?? id}
            value={own}
            {...(value === undefined ? { defaultChecked: own === defaultValue } : { checked: own === value })}
            onChange={() => onValueChange?.(own)}
            disabled={allDisabled || disabled}
            aria-describedby={hint ? `${id}-${own}-hint` : undefined}
            className={dotStyle}
          />
          <div className="min-w-0 grow">
            <label
              htmlFor={`${id}-${own}`}
              className={cn('text-sm', ruled && 'font-medium after:absolute after:inset-0')}
            >
              {label}
            </label>
            {hint && (
              <p id={`${id}-${own}-hint`} className={cn('text-xs', disabled ? 'text-ink-faint' : 'text-ink-soft')}>
                {hint}
              </p>
            )}
          </div>
          {aside && (
            <div className={cn('figure shrink-0 text-sm', disabled ? 'text-ink-faint' : 'text-ink-soft')}>{aside}</div>
          )}
        </div>
      ))}
    </div>
  );
}
