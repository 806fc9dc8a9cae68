'use client';

import { Check, ChevronDown } from 'lucide-react';
import { Select as Radix } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn';
import { controlStyle } from './input';
import { menuItemStyle, menuLabelStyle, menuStyle } from './menu-style';

export interface SelectOption {
  value: string;
  label: ReactNode;
  hint?: ReactNode;
  disabled?: boolean;
}
export interface SelectGroup {
  label: string;
  options: SelectOption[];
}

interface SelectProps extends Omit<ComponentProps<typeof Radix.Root>, 'children'> {
  options: SelectOption[] | SelectGroup[];
  placeholder?: string;
  id?: string;
  className?: string;
  'aria-label'?: string;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
  'aria-required'?: true;
}

export function Select({ options, placeholder = 'Choose…', className, id, ...rest }: SelectProps) {
  const { 'aria-label': label, 'aria-describedby': describedBy, 'aria-invalid': invalid, ...root } = rest;
  const { 'aria-required': required, ...rootProps } = root;
  return (
    <Radix.Root {...rootProps}>
      <Radix.Trigger
        id={id}
        aria-label={label}
        aria-describedby={describedBy}
        aria-invalid={invalid}
        aria-required={required}
        className={cn(
          controlStyle,
          'flex h-9 items-center justify-between gap-2 text-left data-[placeholder]:text-ink-faint [&>span]:truncate',
          className,
        )}
      >
        <Radix.Value placeholder={placeholder} />
        <Radix.Icon>
          <ChevronDown className="size-4 text-ink-faint" />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className={cn(
            menuStyle,
            'max-h-[min(20rem,var(--radix-select-content-available-height))] min-w-[var(--radix-select-trigger-width)]',
          )}
        >
          <Radix.Viewport className="p-1">
            {options.map((entry) =>
              'options' in entry ? (
                <Radix.Group key={entry.label}>
                  <Radix.Label className={menuLabelStyle}>{entry.label}</Radix.Label>
                  {entry.options.map((option) => (
                    <Option key={option.value} {...option} />
                  ))}
                </Radix.Group>
              ) : (
                <Option key={entry.value} {...entry} />
              ),
            )}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Option({ value, label, hint, disabled }: SelectOption) {
  return (
    <Radix.Item value={value} disabled={disabled} className={cn(menuItemStyle, 'pr-8')}>
      <span className="min-w-0">
        <Radix.ItemText>{label}</Radix.ItemText>
        {hint && <span className="block text-ink-faint text-xs">{hint}</span>}
      </span>
      <Radix.ItemIndicator className="absolute right-2">
        <Check className="size-4" />
      </Radix.ItemIndicator>
    </Radix.Item>
  );
}
