'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { readJson } from '@/components/shell/read-json';
import { Combobox } from '@/components/ui/combobox';

export interface PickedContact {
  id: string;
  name: string;
  detail: string;
}

interface ContactPickerProps {
  id?: string;
  value: PickedContact | null;
  onChange: (contact: PickedContact | null) => void;
  placeholder?: string;
  'aria-describedby'?: string;
  'aria-label'?: string;
  /** Offered first, as the choice of nobody in particular. */
  nobody?: string;
}

const NOBODY = 'nobody';

/** Finds one contact by name, address, phone or customer number. */
export function ContactPicker({ value, onChange, nobody, placeholder, ...rest }: ContactPickerProps) {
  const [q, setQ] = useState('');
  const { data } = useQuery({
    queryKey: ['pick-contact', q],
    queryFn: ({ signal }) =>
      readJson<{ items: PickedContact[] }>(`/api/v1/templates/contacts?${new URLSearchParams({ q })}`, { signal }),
    placeholderData: (before) => before,
    staleTime: 30_000,
  });
  const found = data?.items ?? [];
  const known = value && !found.some(({ id }) => id === value.id) && q === '' ? [value, ...found] : found;
  const options = known.map(({ id, name, detail }) => ({ value: id, label: name, hint: detail }));
  return (
    <Combobox
      {...rest}
      noun="contacts"
      placeholder={placeholder}
      options={nobody && q === '' ? [{ value: NOBODY, label: nobody }, ...options] : options}
      value={value ? [value.id] : nobody ? [NOBODY] : []}
      onSearch={setQ}
      onChange={([id]) => onChange(known.find((contact) => contact.id === id) ?? null)}
    />
  );
}
