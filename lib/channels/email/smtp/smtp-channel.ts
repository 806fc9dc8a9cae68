import { performance } from 'node:perf_hooks';
import { TLSSocket } from 'node:tls';
import type { Channel, ChannelCapabilities, EmailMessage, SendGroup, SendResult } from '@/lib/channels/channel';
import { NOT_STARTED, type Rejected, refusedForNow } from '@/lib/channels/rejected';
import { describeError } from '@/lib/errors';
import { createJob, type SmtpJob } from './envelope';
import { GroupPace } from './group-pace';
import { JobQueue } from './job-queue';
import { openSession, SessionError } from './open-session';
import { type ConnectionOwner, SmtpConnection } from './smtp-connection';
import { type ResolvedSmtpOptions, resolveSmtpOptions, type SmtpOptions, type SmtpTimeouts } from './smtp-options';

const MAX_LOST_ENVELOPES = 2;
/** After so many refusals without one acceptance a relay is taken to refuse us, not single recipients. */
const REFUSALS_IN_A_ROW = 20;
const MAX_REOPEN_DELAY_MS = 60_000;

/**
 * Sends ready-made MIME through one SMTP relay over a pool of kept connections, one recipient per transaction. A result
 * is `unknown` only when the final dot was written and no complete reply to it came back.
 */
export class SmtpChannel implements Channel<EmailMessage>, ConnectionOwner {
  private readonly pace: GroupPace;
  private readonly options: ResolvedSmtpOptions;
  private readonly connections = new Set<SmtpConnection>();
  private readonly idleConnections = new Set<SmtpConnection>();
  private readonly queue = new JobQueue();
  /** Their envelope was lost with a connection; each goes first on a fresh one. */
  private retry: SmtpJob[] = [];
  private opening = 0;
  private accepted = 0;
  private refusedInARow = 0;
  private reopenAtMs = 0;
  private reopenDelayMs = 0;
  private ticker: NodeJS.Timeout | null = null;
  private isClosing = false;
  private onDrained: (() => void) | null = null;

  constructor(options: SmtpOptions) {
    this.options = resolveSmtpOptions(options);
    const { maxGroupSize, connections } = this.options;
    this.pace = new GroupPace(maxGroupSize ?? connections * 2, maxGroupSize ?? connections * 8);
  }

  get capabilities(): ChannelCapabilities {
    const { concurrentGroups } = this.options;
    return { format: 'mime', maxGroupSize: this.pace.size, concurrentGroups, idempotencyWindowMs: 0 };
  }

  get timeouts(): SmtpTimeouts {
    return this.options.timeouts;
  }

  get maxMessagesPerConnection(): number {
    return this.options.maxMessagesPerConnection;
  }

  send(group: SendGroup<EmailMessage>, signal?: AbortSignal): Promise<SendResult[]> {
    const results: SendResult[] = new Array(group.messages.length);
    if (results.length === 0) return Promise.resolve(results);
    const startedMs = performance.now();
    return new Promise((resolve) => {
      let left = results.length;
      const jobs = group.messages.map((message, index) =>
        createJob(message, (result) => {
          results[index] = result;
          this.count(result);
          if (--left > 0) return;
          signal?.removeEventListener('abort', stop);
          this.pace.took(results.length, performance.now() - startedMs);
          resolve(results);
        }),
      );
      const stop = () => {
        for (const job of jobs) {
          job.stopped = true;
          if (!job.started) job.settle(NOT_STARTED);
        }
      };
      if (this.isClosing || signal?.aborted) return stop();
      signal?.addEventListener('abort', stop, { once: true });
      for (const job of jobs) this.queue.push(job);
      this.dispatch();
    });
  }

  async verify(): Promise<{ ok: boolean; text: string }> {
    const { host, port, auth } = this.options;
    try {
      const { socket, extensions, encrypted } = await openSession(this.options);
      socket.on('error', () => undefined);
      socket.end('QUIT\r\n');
      const line = encrypted && socket instanceof TLSSocket ? (socket.getProtocol() ?? 'TLS') : 'plain text';
      const who = auth ? `, signed in as ${auth.user}` : '';
      const piped = extensions.pipelining ? ', pipelining' : '';
      return { ok: true, text: `${host}:${port} answers over ${line}${who}${piped}.` };
    } catch (error) {
      return { ok: false, text: describeError(error) };
    }
  }

  /** Starts nothing new, waits for the answers still owed, and says goodbye. */
  async close(): Promise<void> {
    this.isClosing = true;
    this.rejectWaiting(NOT_STARTED);
    for (const connection of [...this.connections]) connection.quit();
    if (this.connections.size > 0 || this.opening > 0) {
      await new Promise<void>((resolve) => {
        this.onDrained = resolve;
      });
    }
    if (this.ticker) clearInterval(this.ticker);
    this.ticker = null;
  }

  get othersPass(): boolean {
    return this.accepted > 0 && this.refusedInARow < REFUSALS_IN_A_ROW;
  }

  private count(result: SendResult): void {
    if (result.outcome === 'accepted') {
      this.accepted++;
      this.refusedInARow = 0;
    } else if (result.outcome === 'rejected' && result.code !== NOT_STARTED.code) this.refusedInARow++;
  }

  take(connection: SmtpConnection): SmtpJob | null {
    const job = (connection.completed === 0 && this.takeRetry()) || this.queue.shift();
    if (job && job.lostEnvelopes === 0) job.acceptedBefore = this.accepted;
    return job;
  }

  private takeRetry(): SmtpJob | null {
    for (let job = this.retry.shift(); job; job = this.retry.shift()) if (!job.settled) return job;
    return null;
  }

  lost(job: SmtpJob, text: string) {
    job.started = false;
    job.lostEnvelopes++;
    if (job.stopped || this.isClosing) return job.settle(NOT_STARTED);
    if (job.lostEnvelopes <= MAX_LOST_ENVELOPES) {
      this.retry.push(job);
      return;
    }
    this.rejectLost(job, 'connection_lost', `before the body was sent: ${text}`);
  }

  cut(job: SmtpJob, code: string, text: string): void {
    this.rejectLost(job, code, `before the final dot: ${text}`);
  }

  /** A connection that dies on one message while others pass is about that message: it must use up attempts. */
  private rejectLost(job: SmtpJob, code: string, text: string): void {
    const othersPass = this.accepted > job.acceptedBefore;
    job.settle(refusedForNow(othersPass ? 'internal' : 'provider', code, text));
  }

  idle(connection: SmtpConnection): void {
    this.idleConnections.add(connection);
  }

  closed(connection: SmtpConnection): void {
    this.connections.delete(connection);
    this.idleConnections.delete(connection);
    this.dispatch();
  }

  private get waiting(): number {
    return this.queue.length + this.retry.length;
  }

  private dispatch(): void {
    for (const connection of [...this.idleConnections]) {
      if (this.waiting === 0) break;
      this.idleConnections.delete(connection);
      connection.pull();
    }
    const open = () => this.connections.size + this.opening;
    const mayOpen = open() === 0 || performance.now() >= this.reopenAtMs;
    while (mayOpen && !this.isClosing && this.waiting > this.opening && open() < this.options.connections) this.open();
    if (!mayOpen) this.releaseRetries();
    if (this.waiting > 0) for (const connection of this.connections) connection.pull();
    if (this.isClosing && open() === 0) this.onDrained?.();
  }

  /** No fresh connection is to be had: the ones that live take over. */
  private releaseRetries(): void {
    if (this.retry.length === 0) return;
    const jobs = this.retry;
    this.retry = [];
    this.queue.putFirst(jobs);
  }

  private open(): void {
    this.opening++;
    this.ticker ??= this.startTicker();
    openSession(this.options).then(
      (session) => {
        this.opening--;
        this.reopenDelayMs = 0;
        const connection = new SmtpConnection(session, this);
        this.connections.add(connection);
        if (this.isClosing) connection.quit();
        else connection.pull();
      },
      (error) => {
        this.opening--;
        this.onOpenFailed(error);
      },
    );
  }

  private onOpenFailed(error: unknown): void {
    this.reopenDelayMs = Math.min(Math.max(1000, this.reopenDelayMs * 2), MAX_REOPEN_DELAY_MS);
    this.reopenAtMs = performance.now() + this.reopenDelayMs;
    if (this.connections.size + this.opening === 0) {
      const unexpected = () => refusedForNow('internal', 'connection_failed', describeError(error));
      this.rejectWaiting(error instanceof SessionError ? error.rejection : unexpected());
    } else {
      this.releaseRetries();
    }
    this.dispatch();
  }

  private rejectWaiting(rejection: Rejected): void {
    for (const job of [...this.retry.splice(0), ...this.queue.drain()]) job.settle(rejection);
  }

  private startTicker(): NodeJS.Timeout {
    const { commandMs, dataBlockMs, dataEndMs, idleMs } = this.options.timeouts;
    const periodMs = Math.max(10, Math.min(1000, commandMs / 4, dataBlockMs / 4, dataEndMs / 4, idleMs / 4));
    const ticker = setInterval(() => {
      const nowMs = performance.now();
      for (const connection of [...this.connections]) connection.checkDeadline(nowMs);
    }, periodMs);
    return ticker.unref();
  }
}
