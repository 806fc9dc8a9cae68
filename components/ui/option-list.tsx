'use client';

import { Check } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { cn } from './cn';
import { menuItemStyle } from './menu-style';

export interface ListOption {
  key: string;
  label: ReactNode;
  hint?: ReactNode;
  icon?: ReactNode;
  /** At the right: a count, a shortcut. */
  aside?: ReactNode;
  selected?: boolean;
  disabled?: boolean;
}

interface OptionListProps {
  id: string;
  label: string;
  options: ListOption[];
  active: number;
  onActive: (index: number) => void;
  onChoose: (index: number) => void;
  multiple?: boolean;
  className?: string;
}

export function optionId(listId: string, index: number): string {
  return `${listId}-${index}`;
}

/** The list under a search input: the input keeps focus, the active option is pointed at by `aria-activedescendant`. */
export function OptionList({ id, label, options, active, onActive, onChoose, multiple, className }: OptionListProps) {
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    list.current?.querySelector(`#${CSS.escape(optionId(id, active))}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, active]);

  return (
    <div
      ref={list}
      id={id}
      role="listbox"
      aria-label={label}
      aria-multiselectable={multiple}
      tabIndex={-1}
      className={cn('overflow-y-auto p-1', className)}
    >
      {options.map((option, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the input that owns the list
        <div
          key={option.key}
          id={optionId(id, index)}
          role="option"
          tabIndex={-1}
          aria-selected={option.selected ?? index === active}
          aria-disabled={option.disabled}
          data-highlighted={index === active ? '' : undefined}
          data-disabled={option.disabled ? '' : undefined}
          onPointerMove={() => onActive(index)}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => !option.disabled && onChoose(index)}
          className={menuItemStyle}
        >
          {option.icon}
          <span className="min-w-0 grow">
            <span className="block truncate">{option.label}</span>
            {option.hint && <span className="block truncate text-ink-faint text-xs">{option.hint}</span>}
          </span>
          {option.aside && <span className="shrink-0 text-ink-faint text-xs tabular-nums">{option.aside}</span>}
          {option.selected && <Check aria-hidden="true" />}
        </div>
      ))}
    </div>
  );
}
