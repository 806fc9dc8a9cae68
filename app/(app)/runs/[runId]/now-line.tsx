import type { ReactNode } from 'react';
import { useNow } from '@/components/ui/clock';
import { counted, formatNumber } from '@/components/ui/number';
import { RelativeTime } from '@/components/ui/relative-time';
import { runCounts } from '@/lib/domain/run-words';
import type { RunPart } from './run-live';

const MINUTE_MS = 60_000;

function stepNames({ run, details }: RunPart): string {
  const names = details.now.steps.map((step) => run.outline[step]?.name ?? `step ${step + 1}`);
  return names.length > 0 ? names.join(' and ') : 'the next messages';
}

function waveWords({ progress, details }: RunPart): string {
  const { wave } = details.now;
  return wave !== null && progress.waves.length > 1 ? `, wave ${wave} of ${progress.waves.length}` : '';
}

function sendingWords(part: RunPart, nowMs: number): ReactNode {
  const { now } = part.details;
  if (now.heldBatches > 0) {
    const wire = now.onWire > 0 ? `; ${formatNumber(now.onWire)} on the wire` : '';
    const who = now.workers === 1 ? 'One worker sends' : `${now.workers} workers send`;
    return `${who} ${stepNames(part)}${waveWords(part)}${wire}.`;
  }
  if (now.dueBatches > 0) return `The next batch${waveWords(part)} is about to be taken up.`;
  if (now.heldWave && now.nextAt === null) {
    const { number, size, releasesAt } = now.heldWave;
    if (number === 1) return `The first wave of ${counted(size, 'person', 'people')} is about to go.`;
    const wave = `Wave ${number} with ${counted(size, 'person', 'people')}`;
    if (part.run.waveGate === 'manual') return `${wave} waits for somebody to release it.`;
    return (
      <>
        {wave} goes {releasesAt ? <RelativeTime at={releasesAt} /> : 'when the wave before it is done'}.
      </>
    );
  }
  if (now.nextAt && now.outsideHours.length > 0) return 'Nothing may leave this moment.';
  if (now.nextAt) {
    const isNear = Date.parse(now.nextAt) - nowMs < MINUTE_MS;
    return (
      <>
        Nothing to send this moment; the next messages go{' '}
        {isNear ? 'within a minute' : <RelativeTime at={now.nextAt} />}, after a wait step or for another attempt.
      </>
    );
  }
  return 'Everything is out; the last answers are being written down.';
}

/** What the run is doing this very moment, in one line. */
export function NowLine(part: RunPart) {
  const nowMs = useNow() ?? 0;
  const { progress, details } = part;
  const { status, scheduledAt, queuing } = progress;
  if (details.stalled) return null;
  if (status === 'scheduled') {
    return scheduledAt ? (
      <Line>
        Starts <RelativeTime at={scheduledAt} /> (<RelativeTime at={scheduledAt} show="zoned" />
        ).
      </Line>
    ) : null;
  }
  if (status === 'queuing') {
    return (
      <Line busy>
        {progress.listTotal === null
          ? `Reading contacts chunk by chunk: ${formatNumber(queuing?.members ?? 0)} are in the audience so far.`
          : `Queuing the first messages: ${formatNumber(queuing?.members ?? 0)} of ${formatNumber(progress.audience)}.`}
      </Line>
    );
  }
  if (status === 'cancelled') {
    const left = runCounts(progress).waiting;
    return left > 0 ? <Line busy>Writing down as cancelled what was not sent: {formatNumber(left)} to go.</Line> : null;
  }
  if (status === 'sending' && queuing) {
    return (
      <Line busy>
        The first people are sent to while the rest of the audience is queued: {formatNumber(queuing.members)} so far.
      </Line>
    );
  }
  return status === 'sending' ? <Line busy={details.now.heldBatches > 0}>{sendingWords(part, nowMs)}</Line> : null;
}

function Line({ busy = false, children }: { busy?: boolean; children: ReactNode }) {
  return (
    <p className="flex items-baseline gap-2 text-ink-soft">
      <span
        aria-hidden="true"
        className={`size-1.5 shrink-0 -translate-y-px rounded-full ${busy ? 'animate-breathe bg-link' : 'bg-waiting'}`}
      />
      <span>
        <span className="text-ink-faint">Now: </span>
        {children}
      </span>
    </p>
  );
}
