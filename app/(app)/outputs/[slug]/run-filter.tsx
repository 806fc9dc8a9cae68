'use client';

import { usePathname, useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { Select } from '@/components/ui/select';

const ALL = 'all';

/** Keeps its choice in the address, so that the rows of one run can be linked to. */
export function RunFilter({ runs, runId }: { runs: { id: string; name: string }[]; runId: string | undefined }) {
  const router = useRouter();
  const pathname = usePathname();
  const [pending, startTransition] = useTransition();
  const known = runId && !runs.some(({ id }) => id === runId) ? [...runs, { id: runId, name: runId }] : runs;
  return (
    <div aria-busy={pending} className="w-full max-w-80">
      <Select
        aria-label="Run"
        value={runId ?? ALL}
        onValueChange={(value) =>
          startTransition(() =>
            router.replace(value === ALL ? pathname : `${pathname}?run=${value}`, { scroll: false }),
          )
        }
        options={[
          { value: ALL, label: 'All runs' },
          ...known.map(({ id, name }) => ({ value: id, label: name, hint: `…${id.slice(-6)}` })),
        ]}
      />
    </div>
  );
}
