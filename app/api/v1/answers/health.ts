import { z } from 'zod';
import { channel, maybeTime, time, values } from '@/app/api/v1/answers/common';
import { counts, doubtAnswer, issueAnswer } from '@/app/api/v1/answers/runs';
import { ERROR_CLASSES } from '@/lib/domain/delivery-error';
import { RUN_STATUSES } from '@/lib/domain/run';

export const stalledRunAnswer = z
  .object({
    runId: z.string(),
    name: z.string(),
    status: z.enum(RUN_STATUSES),
    since: time,
    due: z.number().describe('Deliveries that could go now'),
    cause: z.enum(['no_worker', 'provider', 'database', 'held', 'idle']),
    because: z.string(),
  })
  .meta({ id: 'StalledRun' });

export const attentionAnswer = z
  .object({
    kind: z.enum([
      'stalled',
      'overdue',
      'occurrence',
      'paused_by_breaker',
      'held',
      'paused',
      'not_started',
      'in_doubt',
      'failed',
      'provider',
    ]),
    subjectId: z.string().describe('The run, the provider account, or the recurring campaign'),
    name: z.string(),
    since: time,
    n: z.number(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'AttentionItem' });

export const ratesAnswer = z
  .object({
    bucketSeconds: z.number(),
    at: z.array(time),
    accepted: z.array(z.number()).describe('Per second'),
    failed: z.array(z.number()),
    other: z.array(z.number()),
  })
  .meta({ id: 'RunRates' });

export const runDetailsAnswer = z
  .object({
    now: z.object({
      steps: z.array(z.number()),
      heldBatches: z.number(),
      workers: z.number(),
      onWire: z.number().describe('Sent and not answered yet'),
      dueBatches: z.number(),
      nextAt: maybeTime,
      wave: z.number().nullable(),
      heldWave: z.object({ number: z.number(), size: z.number(), releasesAt: maybeTime }).nullable(),
      outsideHours: z
        .array(
          z.object({
            step: z.number(),
            n: z.number(),
            nextAt: time,
            lastAt: time,
            whose: z.enum(['contact', 'workspace']),
            opensAt: z.string().describe('The time of day at which it opens, such as 09:00'),
            tooLate: z.number().describe('How many of them open only after the run gives up'),
          }),
        )
        .describe('Messages that wait for the hours in which they may leave, by step'),
    }),
    stalled: stalledRunAnswer.nullable(),
    issues: z.array(issueAnswer),
    doubts: z.object({ items: z.array(doubtAnswer), nextCursor: z.string().nullable() }),
    rates: ratesAnswer,
    trail: z.object({
      entries: z.array(
        z.object({
          id: z.string(),
          at: time,
          actor: z.object({ type: z.string(), id: z.string(), name: z.string() }),
          action: z.string(),
          data: values,
        }),
      ),
      restarts: z.array(time),
    }),
  })
  .meta({ id: 'RunDetails' });

export const rerunOptionsAnswer = z
  .object({
    waiting: z.number(),
    failed: z.array(z.object({ errorClass: z.enum(ERROR_CLASSES).nullable(), n: z.number() })),
    inDoubt: z.number(),
    newMatches: z.number(),
    everybody: z.number(),
    fromStep: z.array(z.object({ step: z.number(), name: z.string(), people: z.number() })),
  })
  .meta({ id: 'RerunOptions' });

export const certificateAnswer = z
  .object({
    format: z.literal('waybill-run-certificate/1'),
    run: z.object({
      id: z.string(),
      name: z.string(),
      status: z.string(),
      campaignId: z.string(),
      version: z.number(),
      launchedBy: z.string(),
    }),
    times: z.object({ launched: time, started: maybeTime, completed: maybeTime, certified: time }),
    contentSha256: z.string(),
    listTotal: z.number().nullable(),
    excluded: z.record(z.string(), z.number()),
    audience: z.number(),
    steps: z.array(z.object({ step: z.number(), name: z.string(), kind: z.string(), counts, sum: z.number() })),
    balanced: z.boolean(),
    ledger: z.object({ deliveries: z.number(), sha256: z.string().describe('Over id and state of every delivery') }),
  })
  .meta({ id: 'RunCertificate' });

const work = { queued: z.number(), failed: z.number(), oldestAt: maybeTime };

export const healthAnswer = z
  .object({
    now: time,
    database: z.object({
      version: z.string(),
      connections: z.number(),
      maxConnections: z.number(),
      sizeBytes: z.number(),
      readOnly: z.boolean(),
    }),
    workers: z.array(
      z.object({
        id: z.string(),
        host: z.string(),
        pid: z.number(),
        startedAt: time,
        heartbeatAt: time,
        stoppedAt: maybeTime,
        state: z.enum(['alive', 'stopped', 'gone']),
        rssBytes: z.number().nullable(),
        holding: z.number(),
      }),
    ),
    queue: z.object({
      dueDeliveries: z.number(),
      dueBatches: z.number(),
      oldestDueAt: maybeTime,
      laterDeliveries: z.number(),
      held: z.number(),
      onWire: z.number(),
      notices: z.object(work),
      events: z.object({ unmatched: z.number(), oldestAt: maybeTime }),
    }),
    engine: z
      .object({
        jobsDue: z.number(),
        jobsRunning: z.number(),
        jobsLater: z.number(),
        oldestDueAt: maybeTime,
        failedLastDay: z.number(),
      })
      .nullable(),
    providers: z.array(
      z.object({
        id: z.string(),
        channel,
        kind: z.string(),
        name: z.string(),
        maxPerSecond: z.number().nullable(),
        sandbox: z.boolean(),
        breakerState: z.enum(['closed', 'open', 'half_open']),
        breakerReason: z.string().nullable(),
        breakerOpenedAt: maybeTime,
        breakerRetryAt: maybeTime,
        verifiedAt: maybeTime,
      }),
    ),
    stalled: z.array(stalledRunAnswer),
    recurring: z.array(
      z.object({
        campaignId: z.string(),
        name: z.string(),
        words: z.string().describe('The plan as a sentence'),
        timeZone: z.string(),
        nextAt: time.describe('When it comes next, or should have come'),
        isOverdue: z.boolean(),
        last: z
          .object({
            plannedAt: z.string(),
            state: z.enum(['run', 'waiting', 'skipped', 'missed']),
            runId: z.string().nullable(),
            reason: z.string().nullable(),
            unexpected: z.enum(['empty', 'unusual', 'late']).nullable(),
            unexpectedWords: z.string().nullable(),
            runStatus: z.enum(RUN_STATUSES).nullable(),
            audience: z.number().nullable(),
            issues: z.number().describe('Deliveries that failed or are in doubt'),
          })
          .nullable(),
      }),
    ),
  })
  .meta({ id: 'Health' });
