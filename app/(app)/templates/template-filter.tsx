'use client';

import { usePathname, useRouter } from 'next/navigation';
import { useEffect, useRef, useState, useTransition } from 'react';
import { Checkbox } from '@/components/ui/checkbox';
import { SearchGlyph } from '@/components/ui/glyphs';
import { Input, InputGroup } from '@/components/ui/input';
import { Segmented } from '@/components/ui/segmented';

interface TemplateFilterProps {
  channel: 'email' | 'sms' | undefined;
  q: string;
  archived: boolean;
}

const PAUSE_MS = 250;

/** Keeps its choice in the address, so that a filtered gallery can be linked to. */
export function TemplateFilter({ channel, q, archived }: TemplateFilterProps) {
  const router = useRouter();
  const pathname = usePathname();
  const [pending, startTransition] = useTransition();
  const [typed, setTyped] = useState(q);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => () => clearTimeout(timer.current), []);

  function go(next: Partial<TemplateFilterProps>) {
    clearTimeout(timer.current);
    const wanted = { channel, q: typed, archived, ...next };
    const query = new URLSearchParams();
    if (wanted.channel) query.set('channel', wanted.channel);
    if (wanted.q.trim()) query.set('q', wanted.q.trim());
    if (wanted.archived) query.set('archived', 'true');
    startTransition(() => router.replace(`${pathname}?${query}`, { scroll: false }));
  }

  return (
    <search className="flex flex-wrap items-center gap-x-4 gap-y-3 pb-6" aria-busy={pending}>
      <Segmented<'all' | 'email' | 'sms'>
        label="Channel"
        value={channel ?? 'all'}
        onChange={(value) => go({ channel: value === 'all' ? undefined : value })}
        options={[
          { value: 'all', label: 'All' },
          { value: 'email', label: 'Email' },
          { value: 'sms', label: 'SMS' },
        ]}
      />
      <InputGroup before={<SearchGlyph />} className="w-full sm:max-w-80">
        <Input
          type="search"
          aria-label="Search templates"
          placeholder="Name or subject"
          value={typed}
          onChange={(event) => {
            const next = event.target.value;
            setTyped(next);
            clearTimeout(timer.current);
            timer.current = setTimeout(() => go({ q: next }), PAUSE_MS);
          }}
        />
      </InputGroup>
      <Checkbox label="Archived" checked={archived} onCheckedChange={(value) => go({ archived: value === true })} />
    </search>
  );
}
