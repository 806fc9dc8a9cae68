'use client';

import { Confirm } from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import { archiveConnection } from './actions';

/** Takes a connection out of use and forgets its secret. */
export function ArchiveConnection({ id, name }: { id: string; name: string }) {
  return (
    <Confirm
      danger
      title={`Archive “${name}”?`}
      action="Archive"
      trigger={
        <Button size="sm" variant="quiet" aria-label={`Archive ${name}`}>
          Archive
        </Button>
      }
      onConfirm={async () => {
        const result = await archiveConnection(id).catch(() => null);
        return result?.ok ? undefined : (result?.error.message ?? 'Waybill did not answer. Press again.');
      }}
    >
      <p>
        Its secret is forgotten and no campaign can choose it. Steps of runs under way that write to it fail, and can be
        retried once they write somewhere else.
      </p>
    </Confirm>
  );
}
