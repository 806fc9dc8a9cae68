import { z } from 'zod';
import { attributeValueSchema } from '@/lib/domain/attribute';
import { campaignDraftSchema } from '@/lib/domain/campaign';
import { consentSchema } from '@/lib/domain/contact';
import { DELIVERY_STATES } from '@/lib/domain/delivery';
import { subscriptionStatusSchema } from '@/lib/domain/list';
import { RUN_STATUSES } from '@/lib/domain/run';
import { segmentRuleSchema } from '@/lib/domain/segment';

const time = z.iso.datetime();
const maybeTime = time.nullable();
const values = z.record(z.string(), z.unknown());
const channel = z.enum(['email', 'sms']);

export const idAnswer = z.object({ id: z.string() });
export const revisionAnswer = z.object({ revision: z.number() });
export const madeAnswer = z.object({ id: z.string(), revision: z.number() });
export const changedAnswer = z.object({ changed: z.boolean().describe('False when it was so already') });

/** A page of something; ask for the next with `cursor`. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

export const contactAnswer = z
  .object({
    id: z.string(),
    externalId: z.string().nullable(),
    email: z.string().nullable(),
    phone: z.string().nullable().describe('E.164'),
    firstName: z.string().nullable(),
    lastName: z.string().nullable(),
    language: z.string().nullable(),
    timeZone: z.string().nullable(),
    attributes: z.record(z.string(), attributeValueSchema),
    emailConsent: consentSchema,
    smsConsent: consentSchema,
    emailOptedOutAt: maybeTime,
    smsOptedOutAt: maybeTime,
    doNotMarket: z.boolean(),
    trackingOff: z.boolean(),
    hardBounces: z.number(),
    softBounces: z.number(),
    erasedAt: maybeTime,
    importId: z.string().nullable(),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: 'Contact' });

export const contactDetailAnswer = contactAnswer.extend({
  subscriptions: z.array(
    z.object({
      listId: z.string(),
      listName: z.string(),
      status: subscriptionStatusSchema,
      source: z.string(),
      evidence: values.nullable(),
      updatedAt: time,
    }),
  ),
  suppressions: z.array(z.object({ id: z.string(), channel, reason: z.string(), source: z.string(), createdAt: time })),
});

export const interactionAnswer = z
  .object({
    id: z.string(),
    at: time,
    type: z.string().describe('Such as email.accepted or sms.failed'),
    step: z.number().nullable(),
    deliveryId: z.string().nullable(),
    runId: z.string().nullable(),
    runName: z.string().nullable(),
    campaignId: z.string().nullable(),
    campaignName: z.string().nullable(),
    data: values.nullable(),
  })
  .meta({ id: 'Interaction' });

export const listAnswer = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    createdAt: time,
    archivedAt: maybeTime,
    subscribed: z.number(),
    unsubscribed: z.number(),
    pending: z.number(),
  })
  .meta({ id: 'List' });

export const segmentRowAnswer = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    rule: segmentRuleSchema,
    sentence: z.string().describe('The rule in words'),
    revision: z.number(),
    updatedAt: time,
  })
  .meta({ id: 'SegmentRow' });
export const segmentAnswer = segmentRowAnswer
  .extend({ createdAt: time, archivedAt: maybeTime })
  .meta({ id: 'Segment' });

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

const counts = z.object({
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
  })
  .meta({ id: 'RunProgress' });

export const suppressionAnswer = z
  .object({
    id: z.string(),
    channel,
    address: z.string().nullable().describe('Null once erased'),
    reason: z.enum(['bounce', 'complaint', 'manual', 'unsubscribed', 'erased']),
    source: z.string(),
    note: z.string().nullable(),
    createdAt: time,
  })
  .meta({ id: 'Suppression' });

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

export const apiKeyAnswer = z
  .object({
    id: z.string(),
    name: z.string(),
    prefix: z.string(),
    live: z.boolean(),
    scopes: z.array(z.string()),
    createdBy: z.string(),
    createdAt: time,
    expiresAt: maybeTime,
    lastUsedAt: maybeTime.describe('To the minute'),
    revokedAt: maybeTime,
  })
  .meta({ id: 'ApiKey' });

export const webhookAnswer = z
  .object({
    id: z.string(),
    url: z.string(),
    eventTypes: z.array(z.string()),
    description: z.string().nullable(),
    enabled: z.boolean(),
    disabledReason: z.string().nullable(),
    failingSince: maybeTime,
    createdAt: time,
  })
  .meta({ id: 'Webhook' });

export const webhookMessageAnswer = z
  .object({
    id: z.string(),
    endpointId: z.string(),
    type: z.string(),
    state: z.enum(['queued', 'sent', 'failed']),
    attempts: z.number(),
    notBefore: time,
    lastStatus: z.number().nullable(),
    lastError: z.string().nullable(),
    createdAt: time,
    sentAt: maybeTime,
    payload: values,
  })
  .meta({ id: 'WebhookMessage' });

export const changeAnswer = z
  .object({
    position: z.number(),
    type: z.string(),
    subjectId: z.string(),
    at: time,
    data: values,
  })
  .meta({ id: 'Change' });

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

export const templateRowAnswer = z
  .object({
    id: z.string(),
    channel,
    name: z.string(),
    summary: z.string(),
    revision: z.number(),
    createdBy: z.string(),
    updatedAt: time,
    archivedAt: maybeTime,
  })
  .meta({ id: 'TemplateRow' });

export const templateAnswer = z
  .object({
    id: z.string(),
    channel,
    name: z.string(),
    content: values,
    revision: z.number(),
    createdBy: z.string(),
    createdAt: time,
    updatedAt: time,
    archivedAt: maybeTime,
  })
  .meta({ id: 'Template' });

export const outputTableAnswer = z.object({
  id: z.string(),
  name: z.string(),
  slug: z.string(),
  columns: z.array(z.string()),
  createdAt: time,
  archivedAt: maybeTime,
});

export const outputRowAnswer = z
  .object({ runId: z.string(), step: z.number(), contactId: z.string(), values, recordedAt: time })
  .meta({ id: 'OutputRow' });
