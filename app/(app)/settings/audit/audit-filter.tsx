'use client';

import { Select } from '@/components/ui/select';
import { ALL, useAddressFilter } from '@/components/ui/use-address-filter';
import { sentence } from './audit-words';

interface AuditFilterProps {
  kinds: string[];
  people: { userId: string; name: string }[];
  kind: string | undefined;
  actor: string | undefined;
}

export function AuditFilter({ kinds, people, kind, actor }: AuditFilterProps) {
  const { pending, choose } = useAddressFilter();
  return (
    <div className="flex flex-wrap gap-3 pb-4" aria-busy={pending}>
      <Select
        aria-label="What it is about"
        className="w-44"
        value={kind ?? ALL}
        onValueChange={(value) => choose({ kind: value })}
        options={[{ value: ALL, label: 'Everything' }, ...kinds.map((value) => ({ value, label: sentence(value) }))]}
      />
      <Select
        aria-label="Who did it"
        className="w-52"
        value={actor ?? ALL}
        onValueChange={(value) => choose({ actor: value })}
        options={[
          { value: ALL, label: 'Everybody' },
          ...people.map(({ userId, name }) => ({ value: userId, label: name })),
          ...(actor && !people.some(({ userId }) => userId === actor) ? [{ value: actor, label: actor }] : []),
        ]}
      />
    </div>
  );
}
