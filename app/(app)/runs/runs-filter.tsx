'use client';

import { DensitySwitch } from '@/components/ui/density-switch';
import { SearchField } from '@/components/ui/search-field';
import { Select } from '@/components/ui/select';
import { ALL, useAddressFilter } from '@/components/ui/use-address-filter';

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

/** Search and state of the list. */
export function RunsFilter({ q, filter }: { q: string | undefined; filter: string | undefined }) {
  const { pending, choose, chooseSoon } = useAddressFilter();
  return (
    <search className="flex flex-wrap items-center gap-3 pb-4" aria-busy={pending}>
      <SearchField
        label="Search runs"
        placeholder="Name or run id"
        value={q}
        onType={(next) => chooseSoon({ q: next })}
      />
      <Select
        aria-label="State"
        className="w-52 max-sm:w-full"
        value={filter ?? ALL}
        onValueChange={(value) => choose({ filter: value })}
        options={FILTERS}
      />
      <span className="ml-auto">
        <DensitySwitch />
      </span>
    </search>
  );
}
