import { z } from 'zod';
import { audienceAnswer } from '@/app/api/v1/answers/campaigns';
import { time } from '@/app/api/v1/answers/common';
import { RUN_STATUSES } from '@/lib/domain/run';

const step = { stepId: z.string(), stepName: z.string() };
const member = z.object({ id: z.string(), name: z.string() }).nullable();

export const stepPreviewAnswer = z.union([
  z.object({ kind: z.literal('email'), from: z.string(), subject: z.string(), html: z.string(), text: z.string() }),
  z.object({
    kind: z.literal('sms'),
    from: z.string(),
    text: z.string(),
    segments: z.number(),
    encoding: z.string(),
  }),
  z.object({ kind: z.literal('problem'), message: z.string() }),
]);

export const preflightAnswer = z
  .object({
    campaignId: z.string(),
    name: z.string(),
    revision: z.number(),
    findings: z.array(
      z.object({
        level: z
          .enum(['critical', 'warning', 'note'])
          .describe('Critical stops a launch; a warning is accepted by its code'),
        code: z.string(),
        title: z.string(),
        detail: z.string().optional(),
        contacts: z.number().optional(),
        fix: z.object({ label: z.string(), href: z.string() }).optional(),
      }),
    ),
    count: audienceAnswer,
    people: z
      .array(z.object({ key: z.string(), contactId: z.string().nullable(), name: z.string(), isMadeUp: z.boolean() }))
      .describe('Whose messages show how bad it can get'),
    steps: z.array(z.object({ id: z.string(), name: z.string(), kind: z.enum(['email', 'sms']) })),
    broken: z.record(z.string(), z.string()).describe('Why a message cannot be made, by step and person'),
    links: z.array(
      z.object({
        ...step,
        label: z.string(),
        url: z.string(),
        problem: z.enum(['not_a_link', 'not_https', 'own_machine', 'placeholder']).nullable(),
      }),
    ),
    sms: z.array(
      z.object({
        ...step,
        messages: z.number(),
        segments: z.number(),
        mostSegments: z.number(),
        isExact: z.boolean(),
      }),
    ),
    smsPrice: z.object({ amount: z.number(), currency: z.string() }).nullable(),
    startAt: time,
    finish: z.object({
      waves: z.number(),
      messages: z.number(),
      totalMs: z.number().nullable().describe('Null when a person releases the waves'),
      waitingMs: z.number(),
      limit: z.object({ perSecond: z.number(), by: z.enum(['campaign', 'provider']) }).nullable(),
    }),
    clashes: z.array(
      z.object({
        campaignId: z.string(),
        runId: z.string().nullable().describe('Null for an occurrence to come, which has no run yet'),
        name: z.string(),
        status: z.enum(RUN_STATUSES),
        at: time,
        days: z
          .number()
          .describe('On how many of the days on which this campaign goes out, of its next eight if it recurs'),
        people: z.number().nullable().describe('People in both audiences; null while that is not known'),
      }),
    ),
    approval: z.object({
      above: z.number().nullable(),
      isNeeded: z.boolean(),
      isGiven: z.boolean(),
      requestedBy: member,
      approvedBy: member,
    }),
    launched: z.object({ runId: z.string(), status: z.enum(RUN_STATUSES) }).nullable(),
    mayLaunch: z.boolean(),
  })
  .meta({ id: 'Preflight' });
