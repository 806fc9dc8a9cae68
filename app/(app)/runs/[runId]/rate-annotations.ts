import type { ChartAnnotation } from '@/components/charts/annotations';
import type { Wire } from '@/lib/domain/wire';
import type { RunTrail } from '@/lib/features/runs/run-trail';

const NEAR_SHARE = 0.06;

const NOTES: Record<string, (data: Record<string, unknown>) => string> = {
  'run.rate_changed': ({ maxPerSecond }) => (typeof maxPerSecond === 'number' ? `limit ${maxPerSecond}/s` : 'no limit'),
  'run.retried': ({ queued }) => `retry of ${queued}`,
  'run.wave_released': ({ wave }) => `wave ${wave}`,
};

/** Puts moments that would write over each other into one mark. */
function merged(marks: ChartAnnotation[], span: number, many: (n: number) => string): ChartAnnotation[] {
  const kept: { mark: ChartAnnotation; n: number }[] = [];
  for (const mark of marks) {
    const before = kept.at(-1);
    if (before && mark.fromMs - before.mark.fromMs < span * NEAR_SHARE) before.n += 1;
    else kept.push({ mark, n: 1 });
  }
  return kept.map(({ mark, n }) => (n === 1 ? mark : { ...mark, label: many(n) }));
}

/** Pauses, restarts of workers, and what people changed, as marks on the plot of the rate. */
export function rateAnnotations(
  trail: Wire<RunTrail>,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): ChartAnnotation[] {
  const pauses: ChartAnnotation[] = [];
  const notes: ChartAnnotation[] = [];
  for (const { id, at, action, actor, data } of [...trail.entries].reverse()) {
    const ms = Date.parse(at);
    const open = pauses.at(-1);
    if (action === 'run.paused') {
      const by = actor.type === 'system' ? 'paused: provider in trouble' : 'paused';
      pauses.push({ key: `pause-${id}`, kind: 'pause', fromMs: ms, label: by });
    } else if (open && open.toMs === undefined && (action === 'run.resumed' || action === 'run.cancelled')) {
      open.toMs = ms;
    }
    const note = NOTES[action];
    if (note) notes.push({ key: `note-${id}`, kind: 'note', fromMs: ms, label: note(data) });
  }
  const restarts = trail.restarts.map(
    (at): ChartAnnotation => ({
      key: `restart-${at}`,
      kind: 'restart',
      fromMs: Date.parse(at),
      label: 'worker restarted',
    }),
  );
  const span = toMs - fromMs;
  const within = ({ fromMs: from, toMs: to }: ChartAnnotation) => from <= toMs && (to ?? from) >= fromMs;
  return [
    ...pauses,
    ...merged(restarts, span, (n) => `${n} restarts`),
    ...merged(notes, span, (n) => `${n} changes`),
  ].filter(within);
}
