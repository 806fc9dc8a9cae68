import { z } from 'zod';
import { channel, maybeTime, time } from '@/app/api/v1/answers/common';
import { campaignDraftSchema } from '@/lib/domain/campaign';
import { RUN_STATUSES } from '@/lib/domain/run';

export const campaignAnswer = z
  .object({
    id: z.string(),
    name: z.string(),
    status: z.enum(['draft', 'active', 'archived']),
    draft: campaignDraftSchema,
    revision: z.number(),
    createdAt: time,
    updatedAt: time,
    approvalRequestedBy: z.string().nullable(),
    approvedBy: z.string().nullable(),
    approvedRevision: z.number().nullable(),
  })
  .meta({ id: 'Campaign' });

export const campaignRowAnswer = z
  .object({
    id: z.string(),
    name: z.string(),
    status: z.enum(['draft', 'active', 'archived']),
    steps: z.array(z.string()),
    updatedAt: time,
    runs: z.number(),
    nextAt: maybeTime.describe('When it comes next, if it recurs'),
    lastRun: z
      .object({ id: z.string(), status: z.enum(RUN_STATUSES), audience: z.number().nullable(), at: z.string() })
      .nullable(),
  })
  .meta({ id: 'CampaignRow' });

export const audienceAnswer = z
  .object({
    listTotal: z.number(),
    excluded: z.array(z.object({ reason: z.string(), n: z.number() })),
    audience: z.number(),
  })
  .meta({ id: 'AudienceCount' });

export const launchAnswer = z.union([
  z.object({
    dryRun: z.literal(false),
    runId: z.string(),
    status: z.enum(['scheduled', 'queuing']),
    already: z.boolean().describe('This very launch had happened before; nothing was started twice'),
  }),
  z.object({
    dryRun: z.literal(true),
    revision: z.number(),
    findings: z.array(z.object({ path: z.string(), message: z.string() })).describe('What stops the launch'),
    audience: audienceAnswer.nullable(),
  }),
]);

export const senderAnswer = z
  .object({
    id: z.string(),
    channel,
    name: z.string(),
    fromName: z.string().nullable(),
    address: z.string(),
    replyTo: z.string().nullable(),
    providerAccountId: z.string(),
    providerName: z.string(),
    createdAt: time,
  })
  .meta({ id: 'Sender' });
