'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useRef, useState, useTransition } from 'react';
import { DensitySwitch } from '@/components/ui/density-switch';
import { SearchGlyph } from '@/components/ui/glyphs';
import { Input, InputGroup } from '@/components/ui/input';
import { Select } from '@/components/ui/select';

const ALL = 'all';
const FILTERS = [
  { value: ALL, label: 'Every state' },
  { value: 'under_way', label: 'Under way' },
  { value: 'with_issues', label: 'With failures or doubt' },
  { value: 'scheduled', label: 'Scheduled' },
  { value: 'queuing', label: 'Queuing' },
  { value: 'sending', label: 'Sending' },
  { value: 'paused', label: 'Paused' },
  { value: 'completed', label: 'Completed' },
  { value: 'cancelled', label: 'Cancelled' },
  { value: 'failed', label: 'Failed' },
];
const TYPING_PAUSE_MS = 250;

/** Search and state of the list; both live in the address. */
export function RunsFilter({ q, filter }: { q: string | undefined; filter: string | undefined }) {
  const router = useRouter();
  const pathname = usePathname();
  const address = useSearchParams();
  const [text, setText] = useState(q ?? '');
  const [pending, startTransition] = useTransition();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  function go(change: Record<string, string | undefined>) {
    const next = new URLSearchParams(address);
    next.delete('cursor');
    for (const [key, value] of Object.entries(change)) {
      if (value && value !== ALL) next.set(key, value);
      else next.delete(key);
    }
    startTransition(() => router.replace(`${pathname}?${next}`, { scroll: false }));
  }

  function type(value: string) {
    setText(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => go({ q: value.trim() }), TYPING_PAUSE_MS);
  }

  return (
    <div className="flex flex-wrap items-center gap-3 pb-4" aria-busy={pending}>
      <div className="w-80 max-sm:w-full">
        <InputGroup before={<SearchGlyph />}>
          <Input
            type="search"
            aria-label="Search runs"
            placeholder="Name or run id"
            value={text}
            onChange={(event) => type(event.target.value)}
          />
        </InputGroup>
      </div>
      <Select
        aria-label="State"
        className="w-52 max-sm:w-full"
        value={filter ?? ALL}
        onValueChange={(value) => go({ filter: value })}
        options={FILTERS}
      />
      <span className="ml-auto">
        <DensitySwitch />
      </span>
    </div>
  );
}
