'use client';

import type { ReactNode } from 'react';
import { SearchField } from '@/components/ui/search-field';
import { Select, type SelectGroup, type SelectOption } from '@/components/ui/select';
import { ALL, useAddressFilter } from '@/components/ui/use-address-filter';

interface FilterSelect {
  /** Its name in the address. */
  param: string;
  label: string;
  value: string | undefined;
  /** What stands for no choice: `Every list`. */
  all: string;
  options: SelectOption[] | SelectGroup[];
}

interface ListFilterProps {
  search: { label: string; placeholder: string; value: string | undefined };
  selects?: FilterSelect[];
  /** At the right end. */
  children?: ReactNode;
}

function withAll(all: string, options: SelectOption[] | SelectGroup[]): SelectOption[] | SelectGroup[] {
  const none = { value: ALL, label: all };
  const [first] = options;
  if (first && 'options' in first) {
    return [{ label: 'All', options: [none] }, ...(options as SelectGroup[])];
  }
  return [none, ...(options as SelectOption[])];
}

/** Search and choices of a list. */
export function ListFilter({ search, selects = [], children }: ListFilterProps) {
  const { pending, choose, chooseSoon } = useAddressFilter();
  return (
    <search className="flex flex-wrap items-center gap-3 pb-4" aria-busy={pending}>
      <SearchField {...search} onType={(next) => chooseSoon({ q: next })} />
      {selects.map(({ param, label, value, all, options }) => (
        <Select
          key={param}
          aria-label={label}
          className="w-52 max-sm:w-auto max-sm:min-w-36 max-sm:flex-1"
          value={value ?? ALL}
          onValueChange={(next) => choose({ [param]: next })}
          options={withAll(all, options)}
        />
      ))}
      {children && <span className="ml-auto">{children}</span>}
    </search>
  );
}
