import { Notice } from '@/components/ui/notice';
import { RelativeTime } from '@/components/ui/relative-time';
import type { RunPart } from './run-live';

/** What needs a person now: paused, stalled, could not start, books out of balance. */
export function RunNotices({ progress, details }: RunPart) {
  const { stalled } = details;
  const byBreaker = progress.pausedBy?.type === 'system';
  return (
    <>
      {!progress.balanced && (
        <Notice tone="failed" live title="The numbers of this run do not add up.">
          This must not happen. Nothing more needs to be done to keep the data; tell whoever operates this Waybill.
        </Notice>
      )}
      {stalled && (
        <Notice
          tone="attention"
          live
          title={
            <>
              {stalled.status === 'sending' ? 'Sending is' : 'The run is'} stalled since{' '}
              <RelativeTime at={stalled.since} show="exact" /> because {stalled.because}
            </>
          }
        >
          Nothing was lost. It goes on by itself within half a minute once the cause is gone.
        </Notice>
      )}
      {progress.status === 'paused' && byBreaker && (
        <Notice tone="attention" live title="Paused by Waybill itself, because of the provider.">
          {progress.statusReason} It is tried again by itself and goes on when the provider answers; “Resume” tries at
          once.
        </Notice>
      )}
      {progress.status === 'failed' && (
        <Notice tone="failed" title="This run could not be started.">
          {progress.statusReason} Launch the campaign again once the cause is gone.
        </Notice>
      )}
    </>
  );
}
