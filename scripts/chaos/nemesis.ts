import postgres from 'postgres';
import type { CrashPoint } from '@/lib/db/crash-point';
import type { Cluster } from './cluster';
import type { Watch } from './watch';

export interface Harm {
  stops: number;
  cuts: number;
  restarts: number;
  /** The longest time from a blow to the next message settled. */
  slowestMs: number;
}

export interface HarmPlan {
  seed: number;
  seconds: number;
  recipients: number;
  leaseMs: number;
  /** So many of these and nothing else, spread over the run, instead of anything for a time. */
  fixed: { kills: number; restarts: number } | null;
  log: (line: string) => void;
}

type Blow = 'kill' | 'crash' | 'stop' | 'cut' | 'restart';

/** Where a worker that sends can be made to die; the points of the launch and of the sweep are armed from the start. */
const POINTS: CrashPoint[] = [
  'after_claim',
  'before_intent',
  'after_intent',
  'after_wire',
  'before_settle',
  'after_settle',
  'engine_claim',
  'engine_store',
  'engine_stored',
  'engine_timer',
  'engine_route',
];

/** Harm may go on for so much longer than asked while hardly anybody was sent to: a slow machine, not a proof. */
const LONGEST = 1.5;
const ENOUGH = 0.5;
const GIVE_UP_MS = 60_000;
/** A recovery that takes longer is explained in the log. */
const SLOW_MS = 8_000;

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

function drawBlow(dice: number): Blow {
  if (dice < 0.4) return 'kill';
  if (dice < 0.62) return 'crash';
  if (dice < 0.78) return 'stop';
  return dice < 0.9 ? 'cut' : 'restart';
}

function shuffled<T>(items: T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

class Nemesis {
  readonly done: Harm = { stops: 0, cuts: 0, restarts: 0, slowestMs: 0 };
  private readonly random: () => number;

  constructor(
    private readonly cluster: Cluster,
    private readonly watch: Watch,
    private readonly plan: HarmPlan,
  ) {
    this.random = randomOf(plan.seed);
  }

  private async strike(blow: Blow): Promise<string> {
    const { cluster, done, random } = this;
    const workers = [...cluster.workers];
    const victim = workers[Math.floor(random() * workers.length)];
    if (blow === 'restart') {
      await cluster.restartDatabase();
      done.restarts++;
    } else if (blow === 'cut') {
      await cutConnections(cluster.databaseUrl);
      done.cuts++;
    } else if (blow === 'crash' && victim) {
      const point = POINTS[Math.floor(random() * POINTS.length)] ?? 'after_intent';
      cluster.replace(victim, `${point}:${1 + Math.floor(random() * 3)}`);
      return point;
    } else if (blow === 'stop' && victim) {
      victim.kill('SIGSTOP');
      done.stops++;
      setTimeout(() => victim.kill('SIGCONT'), this.plan.leaseMs * 1.6);
    } else victim?.kill('SIGKILL');
    return blow;
  }

  /** Strikes, and waits until somebody is sent to again: a blow that falls on nobody at work would prove nothing. */
  private async round(blow: Blow, seen: number, endAt: number): Promise<number> {
    const startedAt = Date.now();
    const what = await this.strike(blow);
    const before = (await this.watch.settled()) ?? seen;
    const quick = await this.watch.moved(before, Math.max(0, Math.min(SLOW_MS, endAt - Date.now())));
    if (quick === null) this.plan.log(await this.watch.why());
    const next = quick ?? (await this.watch.moved(before, Math.max(0, Math.min(GIVE_UP_MS, endAt - Date.now()))));
    const tookMs = Date.now() - startedAt;
    this.plan.log(
      `${what}: ${before} settled, ${next === null ? 'nothing more' : 'on'} after ${(tookMs / 1000).toFixed(1)} s`,
    );
    if (before < this.plan.recipients) this.done.slowestMs = Math.max(this.done.slowestMs, tookMs);
    return next ?? before;
  }

  async forTime(): Promise<void> {
    const { seconds, recipients } = this.plan;
    const softEnd = Date.now() + seconds * 1000;
    const hardEnd = Date.now() + seconds * 1000 * LONGEST;
    let seen = (await this.watch.settled()) ?? 0;
    while (seen < recipients && Date.now() < (seen < recipients * ENOUGH ? hardEnd : softEnd)) {
      await pause(this.random() * 1_500);
      seen = await this.round(drawBlow(this.random()), seen, hardEnd);
    }
  }

  /** So many blows, each when its part of the run is settled. */
  async counted(fixed: { kills: number; restarts: number }): Promise<void> {
    const blows = [...Array<Blow>(fixed.kills).fill('kill'), ...Array<Blow>(fixed.restarts).fill('restart')];
    for (const [i, blow] of shuffled(blows, this.random).entries()) {
      const at = Math.floor((this.plan.recipients * (i + 0.5)) / (blows.length + 1));
      const seen = await this.watch.moved(at, this.plan.seconds * 1000, 50);
      if (seen === null) throw new Error(`The run stood still before its blow number ${i + 1}.`);
      await this.round(blow, seen, Date.now() + GIVE_UP_MS);
    }
  }
}

async function cutConnections(databaseUrl: string): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where pid <> pg_backend_pid() and datname = current_database() and backend_type = 'client backend'`;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Harms the cluster: kills, crashes at named points, stops beyond the lease, cut connections, restarts of PostgreSQL. */
export async function harm(cluster: Cluster, watch: Watch, plan: HarmPlan): Promise<Harm> {
  const nemesis = new Nemesis(cluster, watch, plan);
  if (plan.fixed) await nemesis.counted(plan.fixed);
  else await nemesis.forTime();
  // whoever was stopped last goes on by now
  if (nemesis.done.stops > 0) await pause(plan.leaseMs * 1.7);
  return nemesis.done;
}
