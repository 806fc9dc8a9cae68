import { z } from 'zod';
import { channel, maybeTime, time, values } from '@/app/api/v1/answers/common';
import { ERROR_CLASSES } from '@/lib/domain/delivery-error';
import { outputConnectionConfigSchema } from '@/lib/domain/output-connection';
import { providerConfigSchema } from '@/lib/domain/provider';

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

export const outputTableAnswer = z.object({
  id: z.string(),
  name: z.string(),
  slug: z.string(),
  columns: z.array(z.string()),
  createdAt: time,
  archivedAt: maybeTime,
});

export const outputConnectionAnswer = z
  .object({
    id: z.string(),
    kind: z.enum(['postgres', 'webhook']),
    name: z.string(),
    config: outputConnectionConfigSchema,
    hasSecret: z.boolean().describe('What it is is never told'),
    verifiedAt: maybeTime,
    holdSince: maybeTime.describe('Set while it takes nothing'),
    holdReason: z.string().nullable(),
    holdUntil: maybeTime,
    createdAt: time,
  })
  .meta({ id: 'OutputConnection' });

export const outputRowAnswer = z
  .object({ runId: z.string(), step: z.number(), contactId: z.string(), values, recordedAt: time })
  .meta({ id: 'OutputRow' });

export const providerAnswer = z
  .object({
    id: z.string(),
    channel,
    kind: z.string(),
    name: z.string(),
    config: providerConfigSchema,
    secretsSet: z.array(z.string()).describe('Which secrets are set; what they are is never told'),
    maxPerSecond: z.number().nullable(),
    sandbox: z.boolean(),
    breakerState: z.enum(['closed', 'open', 'half_open']),
    breakerReason: z.string().nullable(),
    breakerClass: z.enum(ERROR_CLASSES).nullable(),
    breakerOpenedAt: maybeTime,
    breakerRetryAt: maybeTime,
    verifiedAt: maybeTime,
    createdAt: time,
    archivedAt: maybeTime,
  })
  .meta({ id: 'Provider' });

export const auditItemAnswer = z
  .object({
    id: z.string(),
    at: time,
    actor: z.object({ type: z.string(), id: z.string(), name: z.string() }),
    action: z.string(),
    subjectType: z.string(),
    subjectId: z.string(),
    data: values,
    hash: z.string().describe('Digest over the entry and the hash of the one before it'),
  })
  .meta({ id: 'AuditItem' });
