'use client';

import { ChevronDown, Search } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useId, useState } from 'react';
import { cn } from './cn';
import { controlStyle } from './input';
import { menuStyle } from './menu-style';
import { OptionList, optionId } from './option-list';
import { useListbox } from './use-listbox';

export interface ComboboxOption {
  value: string;
  label: string;
  hint?: string;
  aside?: string;
  disabled?: boolean;
}

interface ComboboxProps {
  options: ComboboxOption[];
  /** One value, or several with `multiple`. */
  value: string[];
  onChange: (value: string[]) => void;
  multiple?: boolean;
  placeholder?: string;
  /** What is searched, for the accessible name: `lists`. */
  noun: string;
  /** Called as the person types, when the options come from the server. */
  onSearch?: (query: string) => void;
  /** Sends the choice with a form. */
  name?: string;
  id?: string;
  className?: string;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
  'aria-label'?: string;
  'aria-required'?: true;
}

export function Combobox(props: ComboboxProps) {
  const { options, value, onChange, multiple = false, placeholder, noun, onSearch, name, className } = props;
  const listId = useId();
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState('');
  const wanted = query.trim().toLowerCase();
  const shown = onSearch
    ? options
    : options.filter(({ label, hint }) => `${label} ${hint ?? ''}`.toLowerCase().includes(wanted));
  const listbox = useListbox(shown.length, choose);
  const chosen = options.filter((option) => value.includes(option.value));

  function choose(index: number) {
    const option = shown[index];
    if (!option || option.disabled) return;
    if (multiple) {
      const has = value.includes(option.value);
      onChange(has ? value.filter((each) => each !== option.value) : [...value, option.value]);
      return;
    }
    onChange([option.value]);
    change(false);
  }

  function change(next: boolean) {
    setOpen(next);
    search('');
  }

  function search(next: string) {
    setQuery(next);
    listbox.setActive(0);
    onSearch?.(next);
  }

  return (
    <Popover.Root open={open} onOpenChange={change}>
      {name && value.map((each) => <input key={each} type="hidden" name={name} value={each} />)}
      <Popover.Trigger
        id={props.id}
        aria-haspopup="listbox"
        aria-label={props['aria-label']}
        aria-describedby={props['aria-describedby']}
        aria-invalid={props['aria-invalid']}
        className={cn(controlStyle, 'flex h-9 items-center justify-between gap-2 text-left', className)}
      >
        <span className={cn('truncate', chosen.length === 0 && 'text-ink-faint')}>
          {chosen.length === 0 ? (placeholder ?? `Choose ${noun}…`) : chosen.map(({ label }) => label).join(', ')}
        </span>
        <ChevronDown className="size-4 shrink-0 text-ink-faint" aria-hidden="true" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={`Choose ${noun}`}
          className={cn(menuStyle, 'w-[max(var(--radix-popover-trigger-width),16rem)]')}
        >
          <div className="flex items-center gap-2 border-rule border-b px-3 focus-within:border-link">
            <Search className="size-4 shrink-0 text-ink-faint" aria-hidden="true" />
            <input
              role="combobox"
              aria-label={`Search ${noun}`}
              aria-expanded="true"
              aria-controls={listId}
              aria-activedescendant={shown.length > 0 ? optionId(listId, listbox.active) : undefined}
              value={query}
              onChange={(event) => search(event.target.value)}
              onKeyDown={listbox.onKeyDown}
              placeholder={`Search ${noun}…`}
              className="h-10 w-full bg-transparent text-base focus-visible:outline-none sm:text-sm"
            />
          </div>
          <OptionList
            id={listId}
            label={noun}
            multiple={multiple}
            active={listbox.active}
            onActive={listbox.setActive}
            onChoose={choose}
            className="max-h-64"
            options={shown.map((option) => ({ ...option, key: option.value, selected: value.includes(option.value) }))}
          />
          {shown.length === 0 && <p className="px-3 pb-4 text-ink-faint text-sm">Nothing matches “{query}”.</p>}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
