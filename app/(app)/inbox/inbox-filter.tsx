'use client';

import { type ChannelChoice, ChannelFilter } from '@/components/ui/channel-filter';
import { SearchField } from '@/components/ui/search-field';
import { useAddressFilter } from '@/components/ui/use-address-filter';

export function InboxFilter({ channel, q }: { channel: ChannelChoice; q: string }) {
  const { pending, choose, chooseSoon } = useAddressFilter();
  return (
    <search className="flex flex-wrap items-center gap-x-4 gap-y-3 pb-4" aria-busy={pending}>
      <ChannelFilter value={channel} onChoose={(next) => choose({ channel: next })} />
      <SearchField
        label="Search messages"
        placeholder="Address, number, subject or words"
        value={q}
        onType={(next) => chooseSoon({ q: next })}
      />
    </search>
  );
}
