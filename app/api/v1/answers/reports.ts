import { z } from 'zod';
import { maybeTime, time } from '@/app/api/v1/answers/common';
import { RUN_STATUSES } from '@/lib/domain/run';

const outcomes = {
  accepted: z.number(),
  delivered: z.number(),
  hardBounced: z.number(),
  softBounced: z.number(),
  complained: z.number(),
  openedByPeople: z.number(),
  openedByMachines: z.number(),
  openedUnknown: z.number(),
  clicked: z.number(),
  unsubscribed: z.number(),
};

export const reportRunAnswer = z
  .object({
    ...outcomes,
    runId: z.string(),
    name: z.string(),
    campaignId: z.string(),
    campaignName: z.string(),
    status: z.enum(RUN_STATUSES),
    startedAt: time,
    audience: z.number(),
    sent: z.number(),
    emails: z.number(),
    failed: z.number(),
    inDoubt: z.number(),
    countedAt: maybeTime,
  })
  .meta({ id: 'ReportRun' });

export const runReportAnswer = z
  .object({
    steps: z.array(z.object({ ...outcomes, step: z.number(), name: z.string(), kind: z.enum(['email', 'sms']) })),
    links: z.array(
      z.object({
        step: z.number(),
        stepName: z.string(),
        link: z.number(),
        label: z.string(),
        url: z.string(),
        clicks: z.number(),
        clicksByPeople: z.number(),
        people: z.number(),
      }),
    ),
    domains: z.array(
      z.object({
        step: z.number(),
        stepName: z.string(),
        domain: z.string(),
        failed: z.number(),
        bounced: z.number(),
        sent: z.number(),
        opened: z.number(),
      }),
    ),
    engagement: z.object({
      bucketSeconds: z.number(),
      at: z.array(time),
      opened: z.array(z.number()),
      clicked: z.array(z.number()),
    }),
  })
  .meta({ id: 'RunReport' });
