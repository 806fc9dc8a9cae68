import { z } from 'zod';
import { maybeTime, time } from '@/app/api/v1/answers/common';
import { DELIVERY_STATES } from '@/lib/domain/delivery';
import { RUN_STATUSES } from '@/lib/domain/run';

export const counts = z.object({
  accepted: z.number(),
  failed: z.number(),
  skipped: z.number(),
  in_doubt: z.number(),
  cancelled: z.number(),
  expired: z.number(),
  waiting: z.number(),
});

export const runRowAnswer = z
  .object({
    id: z.string(),
    name: z.string(),
    campaignId: z.string(),
    status: z.enum(RUN_STATUSES),
    statusReason: z.string().nullable(),
    audience: z.number(),
    steps: z.number(),
    createdAt: time,
    scheduledAt: maybeTime,
    startedAt: maybeTime,
    completedAt: maybeTime,
    counts,
  })
  .meta({ id: 'RunRow' });

export const runProgressAnswer = z
  .object({
    id: z.string(),
    name: z.string(),
    campaignId: z.string(),
    status: z.enum(RUN_STATUSES),
    statusReason: z.string().nullable(),
    scheduledAt: maybeTime,
    startedAt: maybeTime,
    queuedAt: maybeTime,
    completedAt: maybeTime,
    listTotal: z.number().nullable(),
    audience: z.number(),
    excluded: z.array(z.object({ reason: z.string(), n: z.number() })),
    steps: z.array(z.object({ step: z.number(), id: z.string(), name: z.string(), kind: z.string(), counts })),
    balanced: z.boolean().describe('Whether every step’s numbers, waiting included, sum to the audience'),
    maxPerSecond: z.number().nullable(),
    ratePerSecond: z.number(),
    etaSeconds: z.number().nullable(),
    outsideHours: z
      .object({ n: z.number(), nextAt: time, lastAt: time })
      .nullable()
      .describe(
        'Deliveries that wait for the hours in which they may be sent, and when the first and last of them go on',
      ),
  })
  .meta({ id: 'RunProgress' });

export const runAnswer = z
  .object({
    id: z.string(),
    name: z.string(),
    status: z.enum(RUN_STATUSES),
    campaignId: z.string(),
    campaignName: z.string(),
    versionNumber: z.number(),
    contentSha256: z.string(),
    launchedBy: z.object({ type: z.string(), id: z.string(), name: z.string() }),
    createdAt: time,
    rerunOf: z.string().nullable(),
    fromStep: z.number(),
    occurrence: z
      .object({ plannedAt: z.string(), outOfTurn: z.boolean() })
      .nullable()
      .describe('Which occurrence of a recurring campaign it is'),
    outline: z.array(z.object({ id: z.string(), name: z.string(), kind: z.string() })),
    waveGate: z.enum(['interval', 'manual']),
    maxAttempts: z.number(),
  })
  .meta({ id: 'Run' });

export const excludedAnswer = z.object({
  contactId: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  reason: z.string(),
});

export const deliveryAnswer = z
  .object({
    contactId: z.string(),
    name: z.string().nullable(),
    address: z.string().nullable(),
    deliveryId: z.string().nullable().describe('Null while the contact waits for the step before'),
    state: z.enum(DELIVERY_STATES),
    cause: z.string().nullable(),
    errorText: z.string().nullable(),
    waitsUntil: maybeTime.describe('Until when what is queued is put off: by its hours, a retry or its wave'),
    attempts: z.number(),
    settledAt: maybeTime,
    deliveredAt: maybeTime,
    openedAt: maybeTime,
    clickedAt: maybeTime,
    bouncedAt: maybeTime,
    isResent: z.boolean(),
  })
  .meta({ id: 'Delivery' });

export const doubtAnswer = z
  .object({
    id: z.string(),
    step: z.number(),
    contactId: z.string(),
    name: z.string().nullable(),
    address: z.string().nullable(),
    cause: z.string(),
    errorText: z.string().nullable(),
    since: time,
    attempts: z.array(
      z.object({
        n: z.number(),
        outcome: z.string(),
        intentAt: z.string(),
        endedAt: z.string(),
        code: z.string().nullable(),
      }),
    ),
    events: z.array(z.object({ type: z.string(), at: z.string() })),
  })
  .meta({ id: 'Doubt' });

export const issueAnswer = z
  .object({
    step: z.number(),
    state: z.enum(DELIVERY_STATES),
    cause: z.string(),
    n: z.number(),
    example: z.string().nullable(),
  })
  .meta({ id: 'IssueGroup' });
