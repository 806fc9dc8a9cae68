'use client';

import { usePathname, useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { Select } from '@/components/ui/select';
import { sentence } from './audit-words';

interface AuditFilterProps {
  kinds: string[];
  people: { userId: string; name: string }[];
  kind: string | undefined;
  actor: string | undefined;
}

const ALL = 'all';

/** Keeps its choice in the address, so that a filtered log can be linked to. */
export function AuditFilter({ kinds, people, kind, actor }: AuditFilterProps) {
  const router = useRouter();
  const pathname = usePathname();
  const [pending, startTransition] = useTransition();

  function go(next: { kind?: string | undefined; actor?: string | undefined }) {
    const wanted = { kind, actor, ...next };
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(wanted)) if (value && value !== ALL) query.set(key, value);
    startTransition(() => router.replace(`${pathname}?${query}`, { scroll: false }));
  }

  return (
    <div className="flex flex-wrap gap-3 pb-4" aria-busy={pending}>
      <Select
        aria-label="What it is about"
        className="w-44"
        value={kind ?? ALL}
        onValueChange={(value) => go({ kind: value })}
        options={[{ value: ALL, label: 'Everything' }, ...kinds.map((value) => ({ value, label: sentence(value) }))]}
      />
      <Select
        aria-label="Who did it"
        className="w-52"
        value={actor ?? ALL}
        onValueChange={(value) => go({ actor: value })}
        options={[
          { value: ALL, label: 'Everybody' },
          ...people.map(({ userId, name }) => ({ value: userId, label: name })),
          ...(actor && !people.some(({ userId }) => userId === actor) ? [{ value: actor, label: actor }] : []),
        ]}
      />
    </div>
  );
}
