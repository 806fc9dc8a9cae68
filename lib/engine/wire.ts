import { z } from 'zod';

const trigger = z.union([
  z.object({ event: z.string(), expression: z.string().optional() }),
  z.object({ cron: z.string(), jitter: z.string().optional() }),
]);
const concurrency = z.object({
  limit: z.number(),
  key: z.string().optional(),
  scope: z.enum(['fn', 'env', 'account']).optional(),
});

/** What the SDK registers for one function (the parts the engine reads). */
export const functionConfig = z.object({
  id: z.string(),
  name: z.string().optional(),
  triggers: z.array(trigger),
  steps: z.object({ step: z.object({ retries: z.object({ attempts: z.number().optional() }).optional() }) }),
  idempotency: z.string().optional(),
  batchEvents: z
    .object({ maxSize: z.number(), timeout: z.string(), key: z.string().optional(), if: z.string().optional() })
    .optional(),
  rateLimit: z.object({ key: z.string().optional(), limit: z.number(), period: z.string() }).optional(),
  throttle: z
    .object({ key: z.string().optional(), limit: z.number(), period: z.string(), burst: z.number().optional() })
    .optional(),
  singleton: z.object({ key: z.string().optional(), mode: z.enum(['skip', 'cancel']) }).optional(),
  cancel: z
    .array(z.object({ event: z.string(), if: z.string().optional(), timeout: z.string().optional() }))
    .optional(),
  debounce: z.object({ key: z.string().optional(), period: z.string(), timeout: z.string().optional() }).optional(),
  timeouts: z.object({ start: z.string().optional(), finish: z.string().optional() }).optional(),
  priority: z.object({ run: z.string().optional() }).optional(),
  concurrency: z
    .union([
      z.number().transform((limit) => [{ limit }]),
      concurrency.transform((one) => [one]),
      z.array(concurrency).max(2),
    ])
    .optional(),
});
export type FunctionConfig = Omit<z.output<typeof functionConfig>, 'concurrency'> & {
  concurrency?: { limit: number; key?: string; scope?: 'fn' | 'env' | 'account' }[];
};

export const registration = z.object({ app_id: z.string(), functions: z.array(functionConfig) });

/** One instruction of the SDK: what it did, or wants done, for one step. */
export const op = z.object({
  op: z.string(),
  id: z.string(),
  name: z.string().nullish(),
  displayName: z.string().nullish(),
  data: z.unknown().optional(),
  error: z.unknown().optional(),
  opts: z.record(z.string(), z.unknown()).nullish(),
});
export type Op = z.output<typeof op>;

export const checkpointCall = z.object({
  qi_id: z.string().regex(/^\d+$/),
  generation_id: z.number(),
  steps: z.array(op),
});

const sessions = z.record(z.string(), z.unknown()).nullish();
export const incomingEvent = z
  .object({
    id: z.string().nullish(),
    name: z.string().min(1).max(512),
    data: z.unknown().optional(),
    ts: z.number().nullish(),
    user: z.unknown().optional(),
    v: z.string().nullish(),
    meta: z.object({ sessions, propagated_sessions: sessions }).loose().nullish(),
  })
  .loose();
export type IncomingEvent = z.output<typeof incomingEvent>;

export interface EventPayload {
  id: string;
  name: string;
  data: unknown;
  ts: number;
  user?: unknown;
  v?: string;
  meta?: Record<string, unknown>;
}

/** An event on its way into the inbox; with `targetFn` it starts that function and nothing else. */
export interface OutgoingEvent {
  payload: EventPayload;
  targetFn?: string;
  parentRun?: string;
  parentStep?: string;
}

/** Sessions inherited from the sending run lose against the event's own; a null removes one. */
export function withMergedSessions(meta: IncomingEvent['meta']): Record<string, unknown> | undefined {
  if (!meta) return undefined;
  const { propagated_sessions: inherited, sessions: own, ...rest } = meta;
  const all = own === null ? {} : { ...inherited, ...own };
  const kept = Object.entries(all).filter(([, value]) => value !== null && value !== undefined);
  if (kept.length === 0) return undefined;
  return { ...rest, sessions: Object.fromEntries(kept.map(([key, value]) => [key, String(value)])) };
}
