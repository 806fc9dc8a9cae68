import { z } from 'zod';
import { sinkTableSchema } from '@/lib/domain/output-connection';
import { recurrenceSchema } from '@/lib/domain/recurrence';
import { campaignHoursSchema } from '@/lib/domain/send-hours';

const durationMs = z
  .number()
  .int()
  .min(0)
  .max(366 * 86_400_000);

const stepBase = {
  /** Stable within the campaign; the position in the flow is the step's number. */
  id: z.string().regex(/^[a-z0-9_]{1,40}$/),
  name: z.string().trim().min(1).max(80),
  /** When a contact goes on to the next step: only if this one was accepted, or also if it failed or was skipped. */
  continueWhen: z.enum(['accepted', 'settled']).default('accepted'),
};

/** A condition looks at the contact's own earlier steps of this run, or at an attribute of the frozen snapshot. */
export const stepConditionSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('engagement'),
    stepId: z.string(),
    is: z.enum([
      'opened',
      'not_opened',
      'clicked',
      'not_clicked',
      'delivered',
      'not_delivered',
      'failed',
      'not_failed',
    ]),
  }),
  z.object({
    kind: z.literal('attribute'),
    field: z.string().min(1).max(80),
    op: z.enum(['equals', 'not_equals', 'is_set', 'is_not_set']),
    value: z.union([z.string(), z.number(), z.boolean()]).optional(),
  }),
]);
export type StepCondition = z.infer<typeof stepConditionSchema>;

export const flowStepSchema = z.discriminatedUnion('kind', [
  z.object({
    ...stepBase,
    kind: z.literal('email'),
    templateId: z.string(),
    senderId: z.string(),
    onlyIf: stepConditionSchema.optional(),
  }),
  z.object({
    ...stepBase,
    kind: z.literal('sms'),
    templateId: z.string(),
    senderId: z.string(),
    onlyIf: stepConditionSchema.optional(),
  }),
  z.object({
    ...stepBase,
    kind: z.literal('record'),
    sink: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('table'), outputTableId: z.string() }),
      z.object({ kind: z.literal('postgres'), connectionId: z.string(), table: sinkTableSchema }),
      z.object({ kind: z.literal('webhook'), connectionId: z.string() }),
    ]),
    /** Columns to record: contact fields, attribute keys, or `outcome`, the state of the step before. */
    columns: z.array(z.string().min(1).max(80)).max(60),
    onlyIf: stepConditionSchema.optional(),
  }),
  /** A gate: whom it does not hold for goes no further. Asked when the contact gets here. */
  z.object({
    ...stepBase,
    continueWhen: z.literal('accepted').default('accepted'),
    kind: z.literal('condition'),
    onlyIf: stepConditionSchema,
  }),
  z.object({
    ...stepBase,
    kind: z.literal('wait'),
    until: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('duration'), ms: durationMs }),
      z.object({ kind: z.literal('time'), at: z.iso.datetime({ offset: true }) }),
    ]),
  }),
]);
export type FlowStep = z.infer<typeof flowStepSchema>;
export type MessageStep = Extract<FlowStep, { kind: 'email' | 'sms' }>;

export const audienceSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('list'), id: z.string() }),
  z.object({ kind: z.literal('segment'), id: z.string() }),
  z.object({ kind: z.literal('everyone') }),
]);
export type AudienceSource = z.infer<typeof audienceSourceSchema>;

export const audienceSchema = z.object({
  include: z.array(audienceSourceSchema).max(50).default([]),
  exclude: z.array(audienceSourceSchema).max(50).default([]),
  /** Leave out whoever was accepted a message by one of these campaigns. */
  excludeReachedBy: z.array(z.string()).max(50).default([]),
  /** Opt-in channels require `granted`; otherwise only `revoked` keeps somebody out. */
  requireConsent: z.boolean().default(false),
  frequencyCap: z.object({ messages: z.number().int().min(1), days: z.number().int().min(1).max(365) }).optional(),
  holdoutPercent: z.number().min(0).max(50).default(0),
  /** Of all these only the named ones: whom an event is about. */
  onlyContactIds: z.array(z.string()).max(1000).optional(),
  /** Instead of the sources: whom a step of an earlier run let go on, so that a new run begins with the step after it. */
  goneOnFrom: z.object({ runId: z.string(), step: z.number().int().min(0), alsoFailed: z.boolean() }).optional(),
});
export type Audience = z.infer<typeof audienceSchema>;

export const policySchema = z.object({
  maxAttempts: z.number().int().min(1).max(20).default(3),
  waveSize: z.number().int().min(1).max(5_000_000).optional(),
  waveIntervalMs: durationMs.default(0),
  /** Next waves wait for a person instead of the interval. */
  waveGate: z.enum(['interval', 'manual']).default('interval'),
  maxPerSecond: z.number().min(0.1).max(100_000).optional(),
  /** No message of this run is attempted later than this after its launch; what was sent is still recorded. */
  expireAfterMs: durationMs.optional(),
  /** Outside of them nothing leaves: messages wait, unspent, until they open. The workspace's for a channel left out. */
  hours: campaignHoursSchema.optional(),
});
export type Policy = z.infer<typeof policySchema>;

export const NOTIFY_EVENTS = [
  'started',
  'wave_done',
  'completed',
  'failed',
  'paused',
  'resumed',
  'stalled',
  'missed',
  // of occurrences of a recurring campaign
  'skipped',
  'empty',
  'unusual',
  'late',
] as const;

export const notifySchema = z.object({
  emails: z.array(z.email()).max(50).default([]),
  phones: z.array(z.string()).max(20).default([]),
  webhookIds: z.array(z.string()).max(10).default([]),
  events: z
    .array(z.enum(NOTIFY_EVENTS))
    .default(['completed', 'failed', 'paused', 'stalled', 'missed', 'skipped', 'empty', 'unusual', 'late']),
  seedContactIds: z.array(z.string()).max(50).default([]),
});

export const scheduleSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('now') }),
  z.object({ kind: z.literal('at'), at: z.iso.datetime({ offset: true }) }),
  z.object({ kind: z.literal('event'), event: z.string().min(1).max(120) }),
  recurrenceSchema,
]);

/** A draft may be incomplete; pre-flight says what is missing. */
export const campaignDraftSchema = z.object({
  audience: audienceSchema,
  flow: z.array(flowStepSchema).max(30).default([]),
  policy: policySchema,
  schedule: scheduleSchema.default({ kind: 'now' }),
  notify: notifySchema,
});
export type CampaignDraft = z.infer<typeof campaignDraftSchema>;
export type CampaignDraftInput = z.input<typeof campaignDraftSchema>;

export function emptyDraft(): CampaignDraft {
  return campaignDraftSchema.parse({ audience: {}, policy: {}, notify: {} });
}

/** Steps that have a delivery per contact; a wait only moves the time of the step after it. */
export function hasDeliveries(step: { kind: string }): boolean {
  return step.kind !== 'wait';
}

/** The channel whose rules decide who is in the audience: that of the first message, if failing it ends the flow. */
export function gateChannelOf(
  flow: readonly { kind: string; continueWhen?: 'accepted' | 'settled' }[],
  fromStep = 0,
): 'email' | 'sms' | null {
  for (const step of flow.slice(fromStep)) {
    if (step.kind !== 'email' && step.kind !== 'sms') continue;
    return step.continueWhen === 'accepted' ? step.kind : null;
  }
  return null;
}

/** The channel of the first message: an address it reaches is reached once, whatever its failing means for the flow. */
export function addressChannelOf(flow: readonly { kind: string }[], fromStep = 0): 'email' | 'sms' | null {
  for (const { kind } of flow.slice(fromStep)) if (kind === 'email' || kind === 'sms') return kind;
  return null;
}

type WaitUntil = { kind: 'duration'; ms: number } | { kind: 'time'; at: string };
interface StepLike {
  kind: string;
  until?: WaitUntil;
}

/** The first step with deliveries at or after `from`, and until when the waits before it hold a contact back. */
export function nextStep<S extends StepLike>(
  flow: readonly S[],
  from: number,
  now: Date,
): { index: number; step: S; notBefore: Date } | null {
  let notBefore = now;
  for (let index = from; index < flow.length; index++) {
    const step = flow[index];
    if (!step) return null;
    if (step.kind !== 'wait' || !step.until) return { index, step, notBefore };
    const { until } = step;
    const at = until.kind === 'duration' ? new Date(notBefore.getTime() + until.ms) : new Date(until.at);
    if (at > notBefore) notBefore = at;
  }
  return null;
}
