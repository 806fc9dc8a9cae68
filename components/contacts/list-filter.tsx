'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { type ReactNode, useEffect, useRef, useState, useTransition } from 'react';
import { SearchGlyph } from '@/components/ui/glyphs';
import { Input, InputGroup } from '@/components/ui/input';
import { Select, type SelectGroup, type SelectOption } from '@/components/ui/select';

const ALL = 'all';
const TYPING_PAUSE_MS = 250;

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

/** Search and choices of a list; they live in the address, so that a view can be linked to and comes back with “back”. */
export function ListFilter({ search, selects = [], children }: ListFilterProps) {
  const router = useRouter();
  const pathname = usePathname();
  const address = useSearchParams();
  const [text, setText] = useState(search.value ?? '');
  const [pending, startTransition] = useTransition();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  function go(param: string, value: string) {
    const next = new URLSearchParams(address);
    next.delete('cursor');
    if (value && value !== ALL) next.set(param, value);
    else next.delete(param);
    startTransition(() => router.replace(`${pathname}?${next}`, { scroll: false }));
  }

  function type(value: string) {
    setText(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => go('q', value.trim()), TYPING_PAUSE_MS);
  }

  return (
    <search className="flex flex-wrap items-center gap-3 pb-4" aria-busy={pending}>
      <div className="w-80 max-sm:w-full">
        <InputGroup before={<SearchGlyph />}>
          <Input
            type="search"
            aria-label={search.label}
            placeholder={search.placeholder}
            maxLength={200}
            value={text}
            onChange={(event) => type(event.target.value)}
          />
        </InputGroup>
      </div>
      {selects.map(({ param, label, value, all, options }) => (
        <Select
          key={param}
          aria-label={label}
          className="w-52 max-sm:w-auto max-sm:min-w-36 max-sm:flex-1"
          value={value ?? ALL}
          onValueChange={(next) => go(param, next)}
          options={withAll(all, options)}
        />
      ))}
      {children && <span className="ml-auto">{children}</span>}
    </search>
  );
}
