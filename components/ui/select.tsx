'use client';

import type { ComponentProps } from 'react';
import { cn } from './cn';
import { DownGlyph } from './glyphs';
import { controlStyle } from './input';

export interface SelectOption {
  value: string;
  label: string;
  disabled?: boolean;
}
export interface SelectGroup {
  label: string;
  options: SelectOption[];
}

interface SelectProps extends Omit<ComponentProps<'select'>, 'children' | 'onChange' | 'value' | 'defaultValue'> {
  options: readonly SelectOption[] | readonly SelectGroup[];
  value?: string;
  defaultValue?: string;
  onValueChange?: (value: string) => void;
  placeholder?: string;
}

/** The browser's own list: at home on a phone, walked by typing, and no script until it is opened. */
export function Select(props: SelectProps) {
  const { options, value, defaultValue, onValueChange, placeholder, className, ...rest } = props;
  const all = options.flatMap((entry) => ('options' in entry ? entry.options : [entry]));
  const isKnown = all.some((option) => option.value === (value ?? defaultValue));
  const isControlled = value !== undefined || onValueChange !== undefined;
  const chosen = isKnown ? (value ?? defaultValue) : '';
  return (
    <span className={cn('relative inline-flex w-full min-w-0', className)}>
      <select
        {...(isControlled && value !== undefined
          ? { value: chosen }
          : { defaultValue: placeholder === undefined && !isKnown ? all[0]?.value : chosen })}
        onChange={(event) => onValueChange?.(event.target.value)}
        className={cn(controlStyle, 'h-9 appearance-none truncate pr-8 pl-3 [&>*]:bg-sheet [&>*]:text-ink')}
        {...rest}
      >
        {!isKnown && (
          <option value="" disabled hidden>
            {placeholder ?? 'Choose…'}
          </option>
        )}
        {options.map((entry) =>
          'options' in entry ? (
            <optgroup key={entry.label} label={entry.label}>
              {entry.options.map((option) => (
                <Option key={option.value} {...option} />
              ))}
            </optgroup>
          ) : (
            <Option key={entry.value} {...entry} />
          ),
        )}
      </select>
      <DownGlyph className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-ink-faint" />
    </span>
  );
}

function Option({ value, label, disabled }: SelectOption) {
  return (
    <option value={value} disabled={disabled}>
      {label}
    </option>
  );
}
