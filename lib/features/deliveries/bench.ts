import { type ChildProcess, fork } from 'node:child_process';
import { phoneLaunchEmail } from '@/emails/phone-launch';
import { benchMime, runSmtpFloor } from '@/lib/channels/bench-floor';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { emailTemplateSchema } from '@/lib/domain/template';
import { runDispatchFloor } from '@/lib/features/deliveries/bench-floor';
import { sendSlice } from '@/lib/features/deliveries/send-slice';
import { runProgress } from '@/lib/features/runs/run-progress';
import {
  closeTestChannels,
  type DispatchFixture,
  dispatchFixture,
  draftOf,
  launchAndQueue,
  testChannelOf,
} from '@/lib/features/testing/dispatch-fixture';

export interface DispatchBench {
  messages: number;
  messagesPerSecond: number;
  /** CPU of this process, PostgreSQL and the relay not counted. */
  cpuMicrosPerMessage: number;
  /** By hand, with the least of a ledger. */
  floorMessagesPerSecond: number;
  /** Ready-made messages, nothing else. */
  wireMessagesPerSecond: number;
  /** The relay's count and the ledger's agree, and the books balance. */
  reconciled: boolean;
}

const CONNECTIONS = 10;
const BYTES = 20_000;

/** The demo's email cut to about 20 kB on the wire. */
function benchTemplate() {
  const { blocks } = phoneLaunchEmail;
  return emailTemplateSchema.parse({ ...phoneLaunchEmail, blocks: [...blocks.slice(0, 11), ...blocks.slice(-1)] });
}

async function startSink(program: string, delayMs: number) {
  const child: ChildProcess = fork(program, [String(delayMs)], { execArgv: [] });
  const answer = <T>() => new Promise<T>((resolve) => child.once('message', (message) => resolve(message as T)));
  const { port } = await answer<{ port: number }>();
  return {
    port,
    count: async () => {
      const counted = answer<{ count: number }>();
      child.send('count');
      return (await counted).count;
    },
    stop: () => child.kill(),
  };
}

async function sendInLanes(f: DispatchFixture, runId: string, lanes: number): Promise<void> {
  const signal = new AbortController().signal;
  const lane = async (n: number) => {
    for (;;) {
      const report = await sendSlice({
        workspaceId: f.ctx.workspaceId,
        runId,
        worker: `wrk_bench_${n}`,
        maxMs: 5_000,
        channelOf: testChannelOf,
        signal,
      });
      if (report.status !== 'sending') return;
      const waitMs = report.nextAt ? Date.parse(report.nextAt) - Date.now() : 20;
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, Math.min(waitMs, 20)));
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, n) => lane(n)));
}

export interface DispatchBenchOptions {
  databaseUrl: string;
  /** The relay, as a program in JavaScript. */
  sinkProgram: string;
  messages: number;
  /** What the relay takes to answer each message. */
  delayMs?: number;
}

const LANES = 2;

/** Dispatches a 20 kB email to `messages` contacts through ledger and real SMTP, beside the hand-written floors. */
export async function benchDispatch(options: DispatchBenchOptions): Promise<DispatchBench> {
  const { databaseUrl, sinkProgram, messages, delayMs = 0 } = options;
  await openPoolAt(databaseUrl, 12);
  const sink = await startSink(sinkProgram, delayMs);
  try {
    const size = { port: sink.port, connections: CONNECTIONS, messages: delayMs > 0 ? 2_000 : messages };
    const wire = await runSmtpFloor({ ...size, mime: benchMime(BYTES) });
    const floor = await runDispatchFloor({ ...size, bytes: BYTES });
    const before = await sink.count();
    const f = await dispatchFixture({ smtpPort: sink.port, smsUrl: 'http://127.0.0.1:1' }, messages);
    await pool()`update templates set content = ${JSON.stringify(benchTemplate())}::jsonb where id = ${f.emailTemplateId}`;
    await pool()`update provider_accounts set config = config || ${JSON.stringify({ connections: CONNECTIONS })}::jsonb where id = ${f.emailAccountId}`;
    await pool()`vacuum analyze contacts, subscriptions`;
    const runId = await launchAndQueue(f, draftOf(f, ['email']));
    await pool()`vacuum analyze deliveries, run_members, contacts`;
    const cpu = process.cpuUsage();
    const startedMs = performance.now();
    await sendInLanes(f, runId, LANES);
    const seconds = (performance.now() - startedMs) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    const progress = await runProgress(f.ctx, runId);
    const sent = (await sink.count()) - before;
    const messagesPerSecond = messages / seconds;
    return {
      messages,
      messagesPerSecond,
      cpuMicrosPerMessage: (user + system) / messages,
      floorMessagesPerSecond: floor.messagesPerSecond,
      wireMessagesPerSecond: wire.messagesPerSecond,
      reconciled: sent === messages && progress.balanced && progress.steps[0]?.counts.accepted === messages,
    };
  } finally {
    await closeTestChannels();
    sink.stop();
    await closePool();
  }
}
