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
  recipients: number,
  /** Settled so far; null while the database is down because we took it down. */
  settled: () => Promise<number | null>,
): Promise<Harm> {
  const random = randomOf(seed);
  const done: Harm = { kills: 0, stops: 0, cuts: 0, restarts: 0, crashes: 0 };
  const endAt = Date.now() + seconds * 1000;
  // harm goes on past its time, at most four times as long, until most was sent under it
  const lastAt = Date.now() + seconds * 4_000;
  let seen = (await settled()) ?? 0;
  while (Date.now() < lastAt && (Date.now() < endAt || seen < recipients * 0.7)) {
    // a blow that falls while nobody sends proves nothing: wait until somebody does, but not for ever
    const waitUntil = Date.now() + 8_000;
    const before = seen;
    while (Date.now() < waitUntil && seen < before + 10) {
      await pause(150);
      seen = (await settled()) ?? seen;
    }
    await pause(random() * 1_500);
    const workers = [...cluster.workers];
    const victim = workers[Math.floor(random() * workers.length)];
    const dice = random();
    if (!victim) continue;
    if (dice < 0.45) {
      victim.kill('SIGKILL');
      done.kills++;
    } else if (dice < 0.6) {
      const point = POINTS[Math.floor(random() * POINTS.length)] ?? 'after_intent';
      cluster.replace(victim, { WAYBILL_CRASH_AT: `${point}:${1 + Math.floor(random() * 4)}` });
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
