import { Stamp, type StampStatus } from '@/components/ui/stamp';
import type { RunStatus } from '@/lib/domain/run';
import type { StripCounts } from '@/lib/domain/strip';

interface RunStampProps {
  status: RunStatus;
  counts: Pick<StripCounts, 'failed' | 'in_doubt'>;
  stalled?: boolean;
  size?: 'sm' | 'md';
}

/** The one stamp of a run; completed with failures or doubt says so. */
export function RunStamp({ status, counts, stalled = false, size = 'sm' }: RunStampProps) {
  const shown = (): StampStatus => {
    if (stalled) return 'stalled';
    return status === 'completed' && counts.failed + counts.in_doubt > 0 ? 'completed_with_issues' : status;
  };
  return <Stamp status={shown()} size={size} />;
}
