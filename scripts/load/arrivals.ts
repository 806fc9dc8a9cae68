import { Agent, request } from 'node:http';

export interface Call {
  method: 'GET' | 'POST';
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

export interface Arrivals {
  /** Where the product listens. */
  port: number;
  perSecond: number;
  seconds: number;
  call: (n: number) => Call;
  /** Whether an answer is a success. */
  isGood: (status: number) => boolean;
}

export interface LoadReport {
  asked: number;
  good: number;
  /** What came instead, by status (0: no answer within 30 s), most often first. */
  bad: [status: number, times: number][];
  /** Counted from the moment each request was due, not from when it could be sent. */
  medianMs: number;
  p99Ms: number;
  maxMs: number;
  /** Answers per second, from the first due moment to the last answer. */
  perSecond: number;
}

const TIMEOUT_MS = 30_000;
const TICK_MS = 2;

/** One exchange; 0 when no complete answer came. */
function exchange(agent: Agent, port: number, { method, path, headers = {}, body }: Call): Promise<number> {
  return new Promise((resolve) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const sent = request({ agent, host: '127.0.0.1', port, method, path, headers: { ...headers, ...length } });
    sent.setTimeout(TIMEOUT_MS, () => sent.destroy(new Error('timeout')));
    sent.on('error', () => resolve(0));
    sent.on('response', (response) => {
      response.on('error', () => resolve(0));
      response.on('end', () => resolve(response.statusCode ?? 0));
      response.resume();
    });
    sent.end(body);
  });
}

const placeOf = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

/**
 * Asks at a fixed rate whatever the answers do, and measures each from the moment it was due: a server that stalls is
 * charged for everyone who would have come meanwhile (no coordinated omission).
 */
export async function arrive({ port, perSecond, seconds, call, isGood }: Arrivals): Promise<LoadReport> {
  const agent = new Agent({ keepAlive: true, maxSockets: 512, scheduling: 'lifo' });
  const total = Math.round(perSecond * seconds);
  const times: number[] = [];
  const bad = new Map<number, number>();
  const open: Promise<void>[] = [];
  const startedMs = performance.now();
  const ask = async (n: number) => {
    const dueMs = startedMs + (n / perSecond) * 1000;
    const status = await exchange(agent, port, call(n));
    const tookMs = performance.now() - dueMs;
    times.push(tookMs);
    // nobody waits longer, also not for a connection
    if (tookMs > TIMEOUT_MS) bad.set(0, (bad.get(0) ?? 0) + 1);
    else if (!isGood(status)) bad.set(status, (bad.get(status) ?? 0) + 1);
  };
  for (let n = 0; n < total; ) {
    const due = Math.min(total, Math.ceil(((performance.now() - startedMs) / 1000) * perSecond));
    for (; n < due; n++) open.push(ask(n));
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
  await Promise.all(open);
  const tookMs = performance.now() - startedMs;
  agent.destroy();
  times.sort((a, b) => a - b);
  const failed = [...bad.values()].reduce((sum, times) => sum + times, 0);
  return {
    asked: total,
    good: total - failed,
    bad: [...bad].sort(([, a], [, b]) => b - a),
    medianMs: placeOf(times, 0.5),
    p99Ms: placeOf(times, 0.99),
    maxMs: placeOf(times, 1),
    perSecond: (total / tookMs) * 1000,
  };
}

/** What went wrong, as a line; null when nothing did. */
export function complaintOf(what: string, { asked, good, bad }: LoadReport): string | null {
  if (good === asked) return null;
  const kinds = bad.map(([status, times]) => `${times} × ${status === 0 ? 'no answer' : status}`).join(', ');
  return `${what}: ${asked - good} of ${asked} failed (${kinds})`;
}
