'use client';

import { X } from 'lucide-react';
import { type ClipboardEvent, type KeyboardEvent, useId, useRef, useState } from 'react';
import { cn } from '@/components/ui/cn';
import { menuStyle } from '@/components/ui/menu-style';
import { OptionList, optionId } from '@/components/ui/option-list';

interface TokenInputProps {
  values: string[];
  onChange: (values: string[]) => void;
  /** What a value is, for accessible names: `Plan`. */
  noun: string;
  /** Offered while typing; anything else may be typed as well. */
  suggestions?: string[];
  onFocus?: () => void;
  invalid?: boolean;
  describedBy?: string;
}

const MAX_SHOWN = 8;

/** Several short texts. Enter or a comma ends one, Backspace takes the last one back, pasted lines become many. */
export function TokenInput(props: TokenInputProps) {
  const { values, onChange, noun, suggestions = [], onFocus, invalid, describedBy } = props;
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [offering, setOffering] = useState(false);
  const [active, setActive] = useState(-1);
  const wanted = text.trim().toLowerCase();
  const offered = suggestions
    .filter((one) => !values.includes(one) && one.toLowerCase().includes(wanted))
    .slice(0, MAX_SHOWN);
  const open = offering && offered.length > 0;

  function add(given: string[]) {
    const fresh = given.map((one) => one.trim()).filter((one) => one !== '');
    if (fresh.length > 0) onChange([...new Set([...values, ...fresh])]);
    setText('');
    setActive(-1);
    setOffering(false);
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' && !open) setOffering(true);
    else if (event.key === 'ArrowDown') setActive((active + 1) % offered.length);
    else if (event.key === 'ArrowUp' && open) setActive(active <= 0 ? offered.length - 1 : active - 1);
    else if (event.key === 'Enter' && (text.trim() || active >= 0)) add([offered[active] ?? text]);
    else if (event.key === ',' && text.trim()) add([text]);
    else if (event.key === 'Backspace' && text === '' && values.length > 0) onChange(values.slice(0, -1));
    else if (event.key === 'Escape' && open) setOffering(false);
    else return;
    event.preventDefault();
  }

  function onPaste(event: ClipboardEvent<HTMLInputElement>) {
    const pasted = event.clipboardData.getData('text');
    if (!/[\n,;\t]/.test(pasted)) return;
    event.preventDefault();
    add(pasted.split(/[\n,;\t]+/));
  }

  return (
    <div className="relative min-w-48 max-w-full grow basis-56">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a click beside the text goes to the input; keys reach it anyway */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
      <div
        onClick={(event) => event.target === event.currentTarget && input.current?.focus()}
        className={cn(
          'flex min-h-9 flex-wrap items-center gap-1 rounded-md border border-field bg-sheet px-1.5 py-1 transition-colors hover:border-ink-soft has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-link',
          invalid && 'border-failed-ink',
        )}
      >
        {values.map((value) => (
          <span
            key={value}
            className="inline-flex h-6 max-w-full items-center gap-0.5 rounded-sm bg-well pl-2 font-medium text-sm"
          >
            <span className="truncate">{value}</span>
            <button
              type="button"
              aria-label={`Remove ${value}`}
              onClick={() => onChange(values.filter((one) => one !== value))}
              className="grid size-6 shrink-0 place-items-center rounded-sm text-ink-faint hover:text-ink"
            >
              <X className="size-3.5" aria-hidden="true" />
            </button>
          </span>
        ))}
        <input
          ref={input}
          role="combobox"
          aria-label={`${noun}: add a value`}
          aria-expanded={open}
          aria-controls={open ? listId : undefined}
          aria-activedescendant={open && active >= 0 ? optionId(listId, active) : undefined}
          aria-invalid={invalid || undefined}
          aria-describedby={describedBy}
          autoComplete="off"
          value={text}
          placeholder={values.length === 0 ? 'Type a value, then Enter' : ''}
          onChange={(event) => {
            setText(event.target.value);
            setActive(-1);
            setOffering(true);
          }}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onClick={() => setOffering(true)}
          onFocus={() => {
            setOffering(true);
            onFocus?.();
          }}
          onBlur={() => {
            setOffering(false);
            add([text]);
          }}
          className="h-7 min-w-24 grow bg-transparent px-1.5 text-base focus-visible:outline-none sm:text-sm"
        />
      </div>
      {open && (
        <div className={cn(menuStyle, 'absolute inset-x-0 top-full mt-1 min-w-56')}>
          <OptionList
            id={listId}
            label={`${noun}: known values`}
            active={active}
            onActive={setActive}
            onChoose={(index) => add([offered[index] ?? ''])}
            className="max-h-64"
            options={offered.map((one) => ({ key: one, label: one }))}
          />
        </div>
      )}
    </div>
  );
}
