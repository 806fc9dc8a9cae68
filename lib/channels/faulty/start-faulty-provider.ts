import { z } from 'zod';
import { parseJson } from '@/lib/channels/http/parse-json';
import { type HttpAnswer, type HttpRequest, listenHttp } from '@/lib/channels/listener/http-listener';
import { listenSmtp } from '@/lib/channels/listener/smtp-listener';
import { StatusCallbacks } from '@/lib/channels/listener/status-callbacks';
import { AcceptLedger } from './accept-ledger';
import { FaultDice, type FaultPlanInput, faultPlanSchema } from './fault-plan';
import type { ProviderState } from './provider-state';
import { resendDialect } from './resend-dialect';
import { listenSmpp } from './smpp-dialect';
import { smtpDialect } from './smtp-dialect';
import { twilioDialect } from './twilio-dialect';

export interface FaultyOptions {
  dir: string;
  seed?: string;
  plan?: FaultPlanInput;
  /** 0 takes any free port. */
  smtpPort?: number;
  httpPort?: number;
  /** The SMPP dialect listens only when this is given. */
  smppPort?: number;
  host?: string;
  callbackToken?: string;
}

export interface FaultyProvider {
  smtpPort: number;
  httpPort: number;
  smppPort: number | null;
  ledgerPath: string;
  /** Replaces the plan; what is not named has no faults. */
  setPlan(plan: FaultPlanInput): void;
  stats(): FaultyStats;
  close(): Promise<void>;
}

export interface FaultyStats {
  accepted: number;
  distinct: number;
  /** Keys accepted more than once. */
  duplicated: string[];
  faults: Record<string, number>;
  callbacks: { delivered: number; failed: number };
}

const clockSchema = z.object({ advanceMs: z.number().int() });

/** Counts requests in windows of one second. */
function rateLimiter(state: ProviderState): () => boolean {
  let windowStart = 0;
  let used = 0;
  return () => {
    const limit = state.plan.requestsPerSecond;
    if (limit === undefined) return true;
    const second = Math.floor(Date.now() / 1000);
    if (second !== windowStart) used = 0;
    windowStart = second;
    return ++used <= limit;
  };
}

/**
 * A provider that fails on purpose and keeps honest books: SMTP, SMPP, Resend's and Twilio's dialects on loopback, faults by
 * seed or by script, every accept on disk before it is answered. Controlled at `/_faulty/{ports,stats,plan,clock}`.
 */
export async function startFaultyProvider(options: FaultyOptions): Promise<FaultyProvider> {
  const host = options.host ?? '127.0.0.1';
  let aheadMs = 0;
  const state: ProviderState = {
    plan: faultPlanSchema.parse(options.plan ?? {}),
    dice: new FaultDice(options.seed ?? '1'),
    ledger: new AcceptLedger(options.dir),
    callbacks: new StatusCallbacks(options.callbackToken ?? 'faulty'),
    faults: new Map(),
    nowMs: () => Date.now() + aheadMs,
  };
  const stats = (): FaultyStats => {
    const { delivered, failed } = state.callbacks;
    return { ...state.ledger.stats, faults: Object.fromEntries(state.faults), callbacks: { delivered, failed } };
  };
  const setPlan = (plan: FaultPlanInput) => {
    state.plan = faultPlanSchema.parse(plan);
  };
  const resend = resendDialect(state);
  const twilio = twilioDialect(state);
  const withinRate = rateLimiter(state);

  const control = (request: HttpRequest): HttpAnswer => {
    if (request.path === '/_faulty/ports') return { status: 200, json: ports() };
    if (request.path === '/_faulty/stats') return { status: 200, json: stats() };
    if (request.path === '/_faulty/plan' && request.method === 'PUT') {
      const plan = faultPlanSchema.safeParse(parseJson(request.body));
      if (!plan.success) return { status: 422, json: { message: z.prettifyError(plan.error) } };
      state.plan = plan.data;
      return { status: 200, json: state.plan };
    }
    if (request.path === '/_faulty/plan') return { status: 200, json: state.plan };
    const clock = clockSchema.safeParse(parseJson(request.body));
    if (request.path !== '/_faulty/clock' || !clock.success) return { status: 404, json: { message: 'Nothing here.' } };
    aheadMs += clock.data.advanceMs;
    return { status: 200, json: { aheadMs } };
  };

  const handle = async (request: HttpRequest): Promise<HttpAnswer> => {
    if (request.path.startsWith('/_faulty/')) return control(request);
    const isTwilio = request.path.startsWith('/2010-04-01/');
    const delayMs = state.dice.between(state.plan.latencyMs, request.path);
    if (!withinRate()) {
      const limit = { 'retry-after': String(state.plan.retryAfterSeconds) };
      const json = isTwilio
        ? { code: 20429, message: 'Too Many Requests', status: 429 }
        : { statusCode: 429, name: 'rate_limit_exceeded', message: 'Too many requests.' };
      return { status: 429, headers: limit, json, delayMs };
    }
    return { delayMs, ...(await (isTwilio ? twilio : resend)(request)) };
  };

  const ports = () => ({ smtpPort: smtp.port, httpPort: http.port, smppPort: smpp?.port ?? null });
  const smtp = await listenSmtp(options.smtpPort ?? 0, host, smtpDialect(state));
  const http = await listenHttp(options.httpPort ?? 0, host, handle);
  const smpp = options.smppPort === undefined ? null : await listenSmpp(options.smppPort, host, state);
  return {
    ...ports(),
    ledgerPath: state.ledger.path,
    setPlan,
    stats,
    close: async () => {
      state.callbacks.close();
      await Promise.all([smtp.close(), http.close(), smpp?.close()]);
      await state.ledger.close();
    },
  };
}
