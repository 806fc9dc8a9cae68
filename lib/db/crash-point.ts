import { env } from '@/lib/env';

/** Where a process can be made to die, in the order a run comes by. */
export const CRASH_POINTS = [
  'in_freeze',
  'in_queue',
  'engine_route',
  'engine_claim',
  'engine_store',
  'engine_stored',
  'engine_timer',
  'after_claim',
  'before_intent',
  'after_intent',
  'after_wire',
  'before_settle',
  'after_settle',
  'in_sweep',
  'in_occurrence',
  'in_notice',
] as const;
export type CrashPoint = (typeof CRASH_POINTS)[number];

let left: Map<string, number> | undefined;

/**
 * Dies by SIGKILL at the n-th passage when `WAYBILL_CRASH_AT=<point>:<n>` asks for it (several with commas between, the
 * first that is reached counts); how the chaos command places a crash exactly. Costs one comparison otherwise.
 */
export function crashPoint(point: CrashPoint): void {
  const wanted = env().WAYBILL_CRASH_AT;
  if (!wanted) return;
  left ??= new Map(
    wanted.split(',').map((one) => {
      const [name = '', count] = one.split(':');
      return [name, Number(count ?? 1)];
    }),
  );
  const passages = left.get(point);
  if (passages === undefined) return;
  left.set(point, passages - 1);
  if (passages <= 1) process.kill(process.pid, 'SIGKILL');
}
