import { Inngest } from 'inngest';
import { serve } from 'inngest/edge';
import postgres from 'postgres';
import { createEngine } from './engine';
import { SESSION_OPTIONS } from './liveness';

export interface EngineBench {
  /** Sequential steps of one run, checkpointed. */
  stepsPerSecond: number;
  /** Runs of one step, from sending the events to the end of the last run. */
  runsPerSecond: number;
  /** From `send()` to the first line of the step, one event at a time on an idle engine. */
  eventToStepP50Ms: number;
}

const STEPS = 300;
const RUNS = 300;
const PROBES = 30;
const SIGNING_KEY = `signkey-bench-${'be'.repeat(32)}`;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined, debug: () => undefined };

/** Measures the embedded engine on an otherwise unused database; it leaves schema "engine" behind. */
export async function benchEngine(databaseUrl: string): Promise<EngineBench> {
  const sql = postgres(databaseUrl, { max: 10, onnotice: () => undefined });
  const engine = createEngine({
    sql,
    session: () => postgres(databaseUrl, SESSION_OPTIONS),
    signingKey: SIGNING_KEY,
    appId: 'bench',
    concurrency: 10,
  });
  await engine.migrate();
  const { fetch } = engine;
  const inngest = new Inngest({
    id: 'bench',
    isDev: false,
    eventKey: 'bench',
    signingKey: SIGNING_KEY,
    fetch,
    logger: silent,
  });
  const arrivals = new Arrivals();
  const functions = [
    inngest.createFunction({ id: 'steps', triggers: [{ event: 'bench/steps' }] }, async ({ step, event }) => {
      for (let i = 0; i < event.data.steps; i++) await step.run(`s${i}`, () => i);
      arrivals.add();
    }),
    inngest.createFunction({ id: 'one', triggers: [{ event: 'bench/one' }] }, async ({ step }) => {
      await step.run('one', () => arrivals.add());
    }),
  ];
  const { drain } = await engine.start(serve({ client: inngest, functions, enableUnauthedSync: false }));
  const steps = async (count: number) => {
    const arrived = arrivals.next(1);
    await inngest.send({ name: 'bench/steps', data: { steps: count } });
    return arrived;
  };
  const runs = async (count: number) => {
    const arrived = arrivals.next(count);
    await inngest.send(Array.from({ length: count }, () => ({ name: 'bench/one', data: {} })));
    return arrived;
  };
  try {
    await steps(20);
    await runs(20);
    const latencies: number[] = [];
    for (let i = 0; i < PROBES; i++) latencies.push(await timed(() => runs(1)));
    const stepsMs = await timed(() => steps(STEPS));
    const runsMs = await timed(async () => {
      await runs(RUNS);
      while ((await engine.admin.queue()).running > 0) await new Promise((resolve) => setTimeout(resolve, 2));
    });
    return {
      stepsPerSecond: (STEPS / stepsMs) * 1000,
      runsPerSecond: (RUNS / runsMs) * 1000,
      eventToStepP50Ms: latencies.sort((a, b) => a - b)[Math.floor(PROBES / 2)] ?? Number.NaN,
    };
  } finally {
    await drain();
    await sql.end({ timeout: 5 });
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

class Arrivals {
  private missing = 0;
  private resolve: (() => void) | undefined;

  next(count: number): Promise<void> {
    this.missing = count;
    return new Promise((resolve) => {
      this.resolve = resolve;
    });
  }

  add(): void {
    this.missing -= 1;
    if (this.missing === 0) this.resolve?.();
  }
}
