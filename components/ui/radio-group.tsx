'use client';

import { RadioGroup as Radix } from 'radix-ui';
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

interface RadioGroupProps extends Omit<ComponentProps<typeof Radix.Root>, 'children'> {
  options: RadioOption[];
  /** `ruled` draws the options as lines of a sheet, for choices that need explaining. */
  look?: 'plain' | 'ruled';
}

export function RadioGroup({ options, look = 'plain', className, ...rest }: RadioGroupProps) {
  const id = useId();
  const ruled = look === 'ruled';
  return (
    <Radix.Root
      className={cn(
        'flex flex-col',
        ruled ? 'divide-y divide-rule rounded-md border border-rule-strong bg-sheet' : 'gap-3',
        className,
      )}
      {...rest}
    >
      {options.map(({ value, label, hint, aside, disabled }) => (
        <div
          key={value}
          className={cn(
            'relative flex items-start gap-2.5',
            ruled &&
              'px-4 py-3 transition-colors first:rounded-t-md last:rounded-b-md hover:bg-well has-[[data-state=checked]]:bg-well has-disabled:text-ink-faint has-disabled:hover:bg-transparent',
          )}
        >
          <Radix.Item
            id={`${id}-${value}`}
            value={value}
            disabled={disabled}
            aria-describedby={hint ? `${id}-${value}-hint` : undefined}
            className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border border-field bg-sheet transition-colors hover:border-ink disabled:cursor-not-allowed disabled:border-rule-strong data-[state=checked]:border-ink"
          >
            <Radix.Indicator className="size-2 rounded-full bg-ink" />
          </Radix.Item>
          <div className="min-w-0 grow">
            <label
              htmlFor={`${id}-${value}`}
              className={cn('text-sm', ruled && 'font-medium after:absolute after:inset-0')}
            >
              {label}
            </label>
            {hint && (
              <p id={`${id}-${value}-hint`} className={cn('text-xs', disabled ? 'text-ink-faint' : 'text-ink-soft')}>
                {hint}
              </p>
            )}
          </div>
          {aside && (
            <div className={cn('figure shrink-0 text-sm', disabled ? 'text-ink-faint' : 'text-ink-soft')}>{aside}</div>
          )}
        </div>
      ))}
    </Radix.Root>
  );
}
