import { Stamp, type StampStatus } from '@/components/ui/stamp';
import type { ImportState } from './import-state';

/** The state of an import in one word. */
export function ImportStamp({ state }: { state: Pick<ImportState, 'status' | 'dryRun' | 'counts'> }) {
  const { status, dryRun, counts } = state;
  const stamps: Record<ImportState['status'], { status: StampStatus; label?: string }> = {
    queued: { status: 'waiting' },
    running: { status: 'sending', label: dryRun ? 'Checking' : 'Importing' },
    completed: dryRun
      ? { status: 'draft', label: 'Checked' }
      : { status: counts.rejected > 0 ? 'completed_with_issues' : 'completed', label: 'Imported' },
    failed: { status: 'failed' },
    undone: { status: 'cancelled', label: 'Undone' },
    cancelled: { status: 'cancelled' },
  };
  return <Stamp {...stamps[status]} />;
}
