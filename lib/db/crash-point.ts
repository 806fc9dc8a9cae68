import { env } from '@/lib/env';

export type CrashPoint =
  | 'after_claim'
  | 'before_intent'
  | 'after_intent'
  | 'after_wire'
  | 'before_settle'
  | 'after_settle'
  | 'in_freeze'
  | 'in_queue'
  | 'in_sweep'
  | 'in_notice';

let left: number | undefined;

/**
 * Dies by SIGKILL at the n-th passage when `WAYBILL_CRASH_AT=<point>:<n>` asks for it; how the chaos command places a
 * crash exactly. Costs one comparison otherwise.
 */
export function crashPoint(point: CrashPoint): void {
  const wanted = env().WAYBILL_CRASH_AT;
  if (!wanted) return;
  const [name, count] = wanted.split(':');
  if (name !== point) return;
  left ??= Number(count ?? 1);
  left -= 1;
  if (left <= 0) process.kill(process.pid, 'SIGKILL');
}
