import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { unknownOutcome } from '@/lib/channels/rejected';
import { classifyReply, parseQueueId, replyText, type SmtpStage } from './classify-reply';
import { buildEnvelope, type SmtpJob } from './envelope';
import type { SmtpSession } from './open-session';
import { MalformedReply, ReplyParser, type SmtpReply } from './reply-parser';
import type { SmtpTimeouts } from './smtp-options';
import { BodyWriter } from './write-body';

/** What a connection asks of the pool that owns it. */
export interface ConnectionOwner {
  readonly timeouts: SmtpTimeouts;
  readonly maxMessagesPerConnection: number;
  take(connection: SmtpConnection): SmtpJob | null;
  /** The envelope of this job was under way when the connection ended: certainly not sent. */
  lost(job: SmtpJob, text: string): void;
  /** The body of this job was cut off before its final dot: certainly not sent. */
  cut(job: SmtpJob, code: string, text: string): void;
  /** Whether the relay takes other messages just now. */
  readonly othersPass: boolean;
  idle(connection: SmtpConnection): void;
  closed(connection: SmtpConnection): void;
}

type Step = 'rset' | 'mail' | 'rcpt' | 'data' | 'dot' | 'discard';

const isPositive = (code: number) => code >= 200 && code < 300;

/**
 * One kept SMTP connection. With PIPELINING the body of one message and the envelope of the next leave in one write
 * (RFC 2920 §3.1), so a message costs one round trip. Doubt begins when the final dot is written and ends with a
 * complete reply to it.
 */
export class SmtpConnection {
  /** Messages this connection has had a final answer for. */
  completed = 0;
  isClosed = false;
  private readonly socket: Socket;
  private readonly session: SmtpSession;
  private readonly owner: ConnectionOwner;
  private readonly body: BodyWriter;
  private readonly parser = new ReplyParser();
  private readonly limit: number;
  /** Replies still owed by the server, oldest first. */
  private readonly steps: Step[] = [];
  /** Its body has been, or is being, written. */
  private sending: SmtpJob | null = null;
  private dotWritten = false;
  /** Its envelope is under way. */
  private envelope: SmtpJob | null = null;
  private lines = { mail: '', rcpt: '' };
  private needsReset = false;
  private pulling = false;
  private retiring = false;
  private deadlineMs: number;

  constructor(session: SmtpSession, owner: ConnectionOwner) {
    this.session = session;
    this.owner = owner;
    this.socket = session.socket;
    this.body = new BodyWriter(session.socket);
    this.limit = Math.min(owner.maxMessagesPerConnection, session.extensions.mailMax);
    this.deadlineMs = performance.now() + owner.timeouts.idleMs;
    this.socket.setEncoding('latin1');
    this.socket.on('data', (chunk: string) => this.receive(chunk));
    this.socket.on('error', (error: NodeJS.ErrnoException) => this.fail('connection_lost', error.message));
    this.socket.on('close', () => this.fail('connection_lost', 'the server closed the connection'));
  }

  get isIdle(): boolean {
    return !this.isClosed && !this.sending && !this.envelope && this.steps.length === 0;
  }

  /** Takes the next message from the pool if the protocol allows one more now. */
  pull() {
    if (this.isClosed || this.pulling || this.envelope) return;
    if (this.sending && !(this.session.extensions.pipelining && this.dotWritten)) return;
    if (this.steps.length > 0 && !this.sending) return;
    const text = this.nextEnvelope();
    if (text) this.write(text.text, text.encoding);
    if (this.isIdle) this.rest();
  }

  /** Called at intervals by the pool. */
  checkDeadline(nowMs: number): void {
    if (this.isClosed || nowMs < this.deadlineMs) return;
    if (this.isIdle) this.quit();
    else this.fail('timeout', `no answer to ${this.steps[0] ?? 'the message body'} in time`);
  }

  /** Says goodbye after what is under way; takes nothing new. */
  quit(): void {
    this.retiring = true;
    if (this.isClosed || !this.isIdle) return;
    this.isClosed = true;
    this.socket.end('QUIT\r\n');
    setTimeout(() => this.socket.destroy(), 1000).unref();
    this.owner.closed(this);
  }

  private rest(): void {
    this.deadlineMs = performance.now() + this.owner.timeouts.idleMs;
    const full = this.completed >= this.limit;
    if (this.retiring || full) this.quit();
    else this.owner.idle(this);
  }

  private write(text: string, encoding: 'latin1' | 'utf8'): void {
    // While the answer to a final dot is owed, its longer time limit holds.
    if (!this.sending) this.deadlineMs = performance.now() + this.owner.timeouts.commandMs;
    this.socket.write(text, encoding);
  }

  /** Chooses the next job this server can be offered and answers the bytes of its envelope, reset first if one is due. */
  private nextEnvelope(): { text: string; encoding: 'latin1' | 'utf8' } | null {
    if (this.retiring || this.completed + (this.sending ? 1 : 0) >= this.limit) return null;
    this.pulling = true;
    try {
      for (let job = this.owner.take(this); job; job = this.owner.take(this)) {
        const envelope = job.refusal ?? buildEnvelope(job, this.session.extensions);
        if ('outcome' in envelope) {
          job.settle(envelope);
          continue;
        }
        job.started = true;
        this.envelope = job;
        const reset = this.needsReset ? 'RSET\r\n' : '';
        if (this.needsReset) this.steps.push('rset');
        this.needsReset = false;
        if (this.session.extensions.pipelining) {
          this.steps.push('mail', 'rcpt', 'data');
          return { text: `${reset}${envelope.mail}${envelope.rcpt}DATA\r\n`, encoding: envelope.encoding };
        }
        this.lines = envelope;
        if (reset === '') this.steps.push('mail');
        return { text: reset || envelope.mail, encoding: envelope.encoding };
      }
      return null;
    } finally {
      this.pulling = false;
    }
  }

  private receive(chunk: string) {
    try {
      this.parser.push(chunk, (reply) => {
        if (!this.isClosed) this.onReply(reply);
      });
    } catch (error) {
      this.fail('protocol_error', error instanceof MalformedReply ? error.message : String(error));
    }
  }

  private onReply(reply: SmtpReply) {
    const step = this.steps.shift();
    this.deadlineMs = performance.now() + this.owner.timeouts.commandMs;
    if (step === undefined || (reply.code === 421 && step !== 'dot')) return this.onFarewell(reply, step);
    switch (step) {
      case 'rset':
        return this.onReset(reply);
      case 'mail':
      case 'rcpt':
        return this.onEnvelopeReply(reply, step);
      case 'data':
        return this.onDataReply(reply);
      case 'dot':
        return this.onDotReply(reply);
      default:
        if (this.steps.length === 0 && !this.envelope) this.pull();
    }
  }

  /** A reply nobody asked for, or 421: the server is leaving, and has not taken what it has not answered. */
  private onFarewell(reply: SmtpReply, step: Step | undefined) {
    const text = replyText(reply);
    if (this.envelope && step !== undefined && this.completed === 0) {
      const job = this.envelope;
      this.envelope = null;
      job.settle(job.refusal ?? classifyReply(reply, step === 'rcpt' || step === 'data' ? step : 'mail'));
    } else if (this.sending && !this.dotWritten && reply.code >= 400) {
      const job = this.sending;
      this.sending = null;
      job.settle(classifyReply(reply, 'dot'));
    }
    this.fail('connection_lost', text);
  }

  private onReset(reply: SmtpReply) {
    if (!isPositive(reply.code)) return this.fail('protocol_error', replyText(reply));
    if (this.session.extensions.pipelining) return;
    this.steps.push('mail');
    this.write(this.lines.mail, 'utf8');
  }

  private onEnvelopeReply(reply: SmtpReply, step: 'mail' | 'rcpt') {
    const job = this.envelope;
    if (!job) return this.fail('protocol_error', replyText(reply));
    const ok = isPositive(reply.code);
    if (!ok) {
      if (reply.code < 400) return this.fail('protocol_error', replyText(reply));
      if (step === 'rcpt') job.recipientRefused = true;
      this.refuse(job, reply, step);
    }
    if (this.session.extensions.pipelining) return;
    if (!ok) return this.finishRefused(job);
    this.steps.push(step === 'mail' ? 'rcpt' : 'data');
    this.write(step === 'mail' ? this.lines.rcpt : 'DATA\r\n', 'utf8');
  }

  private refuse(job: SmtpJob, reply: SmtpReply, stage: SmtpStage): void {
    job.refusal ??= classifyReply(reply, stage, this.owner.othersPass);
    this.needsReset = true;
  }

  private finishRefused(job: SmtpJob) {
    this.envelope = null;
    this.completed++;
    if (job.refusal) job.settle(job.refusal);
    this.pull();
  }

  private onDataReply(reply: SmtpReply) {
    const job = this.envelope;
    if (!job || (reply.code < 400 && reply.code !== 354)) return this.fail('protocol_error', replyText(reply));
    if (reply.code !== 354) {
      this.refuse(job, reply, 'data');
      return this.finishRefused(job);
    }
    if (!job.refusal) return this.sendBody(job);
    if (!job.recipientRefused) return this.fail('protocol_error', 'the server wants a body for a refused envelope');
    // RFC 2920 §3.1: a server may answer 354 although every recipient was refused; a lone dot ends that transaction.
    this.needsReset = false;
    this.steps.push('discard');
    this.socket.write('.\r\n');
    this.finishRefused(job);
  }

  private sendBody(job: SmtpJob): void {
    this.envelope = null;
    this.sending = job;
    this.dotWritten = false;
    this.deadlineMs = performance.now() + this.owner.timeouts.dataBlockMs;
    this.body.write(job, {
      onBlock: () => {
        this.deadlineMs = performance.now() + this.owner.timeouts.dataBlockMs;
      },
      tail: () => this.finalDot(),
      onRefused: () => {
        this.dotWritten = false;
      },
    });
  }

  /** From here on only a complete reply can say what became of the message. */
  private finalDot(): { text: string; encoding: 'latin1' | 'utf8' } {
    this.dotWritten = true;
    this.steps.push('dot');
    const next = this.session.extensions.pipelining ? this.nextEnvelope() : null;
    this.deadlineMs = performance.now() + this.owner.timeouts.dataEndMs;
    return next ? { text: `.\r\n${next.text}`, encoding: next.encoding } : { text: '.\r\n', encoding: 'latin1' };
  }

  private onDotReply(reply: SmtpReply) {
    const job = this.sending;
    if (!job) return this.fail('protocol_error', replyText(reply));
    if (reply.code < 400 && !isPositive(reply.code)) return this.fail('protocol_error', replyText(reply));
    this.sending = null;
    this.completed++;
    if (isPositive(reply.code)) {
      job.settle({ outcome: 'accepted', providerMessageId: parseQueueId(reply.text), text: replyText(reply) });
    } else {
      job.settle(classifyReply(reply, 'dot', this.owner.othersPass));
      if (reply.code === 421) return this.fail('connection_lost', replyText(reply));
    }
    if (!this.envelope) this.pull();
  }

  private fail(code: string, text: string) {
    if (this.isClosed) return;
    this.isClosed = true;
    this.socket.destroy();
    const { sending, envelope } = this;
    this.sending = null;
    this.envelope = null;
    if (sending && this.dotWritten) sending.settle(unknownOutcome(code, text));
    else if (sending) this.owner.cut(sending, code, text);
    if (envelope?.refusal) envelope.settle(envelope.refusal);
    else if (envelope) this.owner.lost(envelope, text);
    this.owner.closed(this);
  }
}
