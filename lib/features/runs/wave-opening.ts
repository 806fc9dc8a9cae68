import { nextStep } from '@/lib/domain/campaign';
import { hoursOf, nextOpening } from '@/lib/domain/send-hours';
import type { QueuingRun } from '@/lib/features/runs/load-run';

/**
 * When a wave that is due at `dueMs` is let go. While it is closed where the workspace is, waves that go by the clock are
 * kept back: let go at night they would all leave together in the morning.
 */
export function waveOpening(run: Pick<QueuingRun, 'frozen' | 'fromStep' | 'timeZone'>, dueMs: number): number {
  const { flow, policy } = run.frozen;
  const kind = nextStep(flow, run.fromStep, new Date(dueMs))?.step.kind;
  if (kind !== 'email' && kind !== 'sms') return dueMs;
  return nextOpening(hoursOf(kind, policy.hours, undefined), [run.timeZone], dueMs);
}
