import { Connections } from './connections';

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
  /** Told of every success: which request it was. */
  onGood?: (n: number) => void;
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
const MOST_CONNECTIONS = 512;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function textOf(port: number, { method, path, headers = {}, body = '' }: Call): string {
  let text = `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n`;
  for (const [name, value] of Object.entries(headers)) text += `${name}: ${value}\r\n`;
  if (method === 'POST') text += `content-length: ${Buffer.byteLength(body)}\r\n`;
  return `${text}\r\n${body}`;
}

const placeOf = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

/**
 * Asks at a fixed rate whatever the answers do, and measures each from the moment it was due: a server that stalls is
 * charged for everyone who would have come meanwhile (no coordinated omission).
 */
export async function arrive({ port, perSecond, seconds, call, isGood, onGood }: Arrivals): Promise<LoadReport> {
  const connections = new Connections(port, MOST_CONNECTIONS);
  const total = Math.round(perSecond * seconds);
  const times: number[] = [];
  const bad = new Map<number, number>();
  const startedMs = performance.now();
  let lastMs = startedMs;
  const answered = (n: number, dueMs: number) => (status: number) => {
    lastMs = performance.now();
    times.push(lastMs - dueMs);
    // nobody waits longer, also not for a connection
    const isLate = lastMs - dueMs > TIMEOUT_MS;
    if (!isLate && isGood(status)) onGood?.(n);
    else bad.set(isLate ? 0 : status, (bad.get(isLate ? 0 : status) ?? 0) + 1);
  };
  for (let n = 0; n < total; ) {
    const due = Math.min(total, Math.ceil(((performance.now() - startedMs) / 1000) * perSecond));
    for (; n < due; n++) connections.ask(textOf(port, call(n)), answered(n, startedMs + (n / perSecond) * 1000));
    await pause(TICK_MS);
  }
  const endMs = performance.now() + TIMEOUT_MS;
  while (times.length < total && performance.now() < endMs) await pause(TICK_MS);
  connections.end();
  while (times.length < total) await pause(TICK_MS);
  const tookMs = lastMs - startedMs;
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
