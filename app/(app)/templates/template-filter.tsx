'use client';

import { type ChannelChoice, ChannelFilter } from '@/components/ui/channel-filter';
import { Checkbox } from '@/components/ui/checkbox';
import { SearchField } from '@/components/ui/search-field';
import { useAddressFilter } from '@/components/ui/use-address-filter';

interface TemplateFilterProps {
  channel: ChannelChoice;
  q: string;
  archived: boolean;
}

export function TemplateFilter({ channel, q, archived }: TemplateFilterProps) {
  const { pending, choose, chooseSoon } = useAddressFilter();
  return (
    <search className="flex flex-wrap items-center gap-x-4 gap-y-3 pb-6" aria-busy={pending}>
      <ChannelFilter value={channel} onChoose={(next) => choose({ channel: next })} />
      <SearchField
        label="Search templates"
        placeholder="Name or subject"
        value={q}
        onType={(next) => chooseSoon({ q: next })}
      />
      <Checkbox
        label="Archived"
        checked={archived}
        onCheckedChange={(value) => choose({ archived: value === true ? 'true' : undefined })}
      />
    </search>
  );
}
