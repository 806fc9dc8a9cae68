import { z } from 'zod';
import { channel, maybeTime, personAnswer, time, values } from '@/app/api/v1/answers/common';
import { attributeValueSchema } from '@/lib/domain/attribute';
import { consentSchema } from '@/lib/domain/contact';
import { subscriptionStatusSchema } from '@/lib/domain/list';
import { segmentRuleSchema } from '@/lib/domain/segment';

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

export const segmentCountAnswer = z.object({
  count: z.number(),
  isExact: z.boolean().describe('False: an estimate, because counting everybody would take longer than half a second'),
  total: z.number().describe('Everybody there is'),
});
export const segmentPreviewAnswer = segmentCountAnswer.extend({
  samples: z.array(personAnswer).describe('The ten newest who match'),
});

export const explanationAnswer = z
  .object({
    sentence: z.string(),
    holds: z.boolean(),
    get parts() {
      return z.array(explanationAnswer);
    },
  })
  .meta({ id: 'Explanation' });

export const subscribedContactAnswer = contactAnswer
  .extend({ status: subscriptionStatusSchema, source: z.string(), evidence: values.nullable(), since: time })
  .meta({ id: 'SubscribedContact' });
