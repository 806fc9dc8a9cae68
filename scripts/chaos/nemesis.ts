import postgres from 'postgres';
import type { CrashPoint } from '@/lib/db/crash-point';
import type { Cluster } from './cluster';

export interface Harm {
  kills: number;
  stops: number;
  cuts: number;
  restarts: number;
  crashes: number;
}

const POINTS: CrashPoint[] = [
  'after_claim',
  'before_intent',
  'after_intent',
  'after_wire',
  'before_settle',
  'after_settle',
];

/** A small generator with a seed (mulberry32), so that the same seed harms in the same order. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Harms the cluster until the time is over: kills, stops beyond the lease, cut connections, restarts of PostgreSQL. */
export async function harm(
  cluster: Cluster,
  databaseUrl: string,
  seed: number,
  seconds: number,
  leaseMs: number,
): Promise<Harm> {
  const random = randomOf(seed);
  const done: Harm = { kills: 0, stops: 0, cuts: 0, restarts: 0, crashes: 0 };
  const endAt = Date.now() + seconds * 1000;
  while (Date.now() < endAt) {
    await pause(700 + random() * 2_300);
    const workers = [...cluster.workers];
    const victim = workers[Math.floor(random() * workers.length)];
    const dice = random();
    if (!victim) continue;
    if (dice < 0.45) {
      victim.kill('SIGKILL');
      done.kills++;
    } else if (dice < 0.6) {
      const point = POINTS[Math.floor(random() * POINTS.length)] ?? 'after_intent';
      cluster.startWorker({ WAYBILL_CRASH_AT: `${point}:${1 + Math.floor(random() * 4)}` });
      victim.kill('SIGKILL');
      done.crashes++;
    } else if (dice < 0.78) {
      victim.kill('SIGSTOP');
      done.stops++;
      setTimeout(() => victim.kill('SIGCONT'), leaseMs * 1.6);
    } else if (dice < 0.92) {
      const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()`.catch(
        () => undefined,
      );
      await sql.end({ timeout: 1 });
      done.cuts++;
    } else {
      await cluster.restartDatabase();
      done.restarts++;
    }
  }
  await pause(leaseMs * 1.7);
  return done;
}
