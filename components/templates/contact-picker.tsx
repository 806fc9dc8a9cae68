'use client';

import { useEffect, useState } from 'react';
import { Combobox, type ComboboxOption } from '@/components/ui/combobox';
import { ApiProblem, apiCall } from './api-call';

interface ContactPickerProps {
  value: string;
  onChange: (value: string) => void;
  /** Without the right to see contacts only made-up people can be chosen. */
  maySearch: boolean;
  className?: string;
}

const MADE_UP: ComboboxOption[] = [
  { value: 'example', label: 'Example person', hint: 'Alex Morgan, who has the usual fields' },
  { value: 'empty', label: 'Nobody we know', hint: 'Every field empty: shows what fallbacks say' },
];

const PAUSE_MS = 180;

/** Whose eyes a preview is seen with. */
export function ContactPicker({ value, onChange, maySearch, className }: ContactPickerProps) {
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<ComboboxOption[]>([]);
  const [chosen, setChosen] = useState<ComboboxOption | null>(null);

  useEffect(() => {
    if (!maySearch) return;
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const path = `templates/contacts?${new URLSearchParams({ q: query })}`;
        const { items } = await apiCall<{ items: { id: string; name: string; detail: string }[] }>(path, {
          signal: abort.signal,
        });
        setFound(items.map(({ id, name, detail }) => ({ value: id, label: name, hint: detail })));
      } catch (error) {
        if (!abort.signal.aborted && !(error instanceof ApiProblem)) throw error;
        if (!abort.signal.aborted) setFound([]);
      }
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [query, maySearch]);

  const wanted = query.trim().toLowerCase();
  const madeUp = MADE_UP.filter(({ label }) => label.toLowerCase().includes(wanted));
  const kept = chosen && wanted === '' && !found.some((option) => option.value === chosen.value) ? [chosen] : [];
  const shown = [...madeUp, ...kept, ...found];
  const current = [...MADE_UP, ...(chosen ? [chosen] : [])].find((option) => option.value === value);
  // the chosen one is named on the button even while a search does not find it
  const options = current && !shown.includes(current) && wanted === '' ? [current, ...shown] : shown;

  return (
    <Combobox
      aria-label="Preview as"
      noun="contacts"
      className={className}
      placeholder={current?.label}
      value={[value]}
      options={options}
      onSearch={setQuery}
      onChange={([next]) => {
        if (!next) return;
        setChosen(found.find((option) => option.value === next) ?? chosen);
        onChange(next);
      }}
    />
  );
}
