import { z } from 'zod';
import { personAnswer } from '@/app/api/v1/answers/common';
import { contactDetailAnswer } from '@/app/api/v1/answers/contacts';
import { DELIVERY_STATES } from '@/lib/domain/delivery';
import { ERROR_CLASSES } from '@/lib/domain/delivery-error';
import { RUN_STATUSES } from '@/lib/domain/run';

const channel = z.enum(['email', 'sms']);
const at = z.string().describe('ISO 8601');
const maybeAt = at.nullable();
const who = z.enum(['person', 'machine']).nullable();
const optOut = z.object({ at, via: z.string().nullable() }).nullable();
const line = { id: z.string(), at };
const errorClass = z.enum(ERROR_CLASSES).nullable();

export const customerHitAnswer = personAnswer
  .extend({ found: z.enum(['number', 'phone', 'email', 'name']).describe('What the text was found in') })
  .meta({ id: 'CustomerHit' });

export const historyLineAnswer = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('message'),
      ...line,
      channel,
      deliveryId: z.string(),
      campaign: z.string(),
      step: z.string(),
      state: z.enum(DELIVERY_STATES),
      error: z.object({ class: errorClass, code: z.string().nullable(), text: z.string().nullable() }).nullable(),
      skipReason: z.string().nullable(),
      deliveredAt: maybeAt,
      openedAt: maybeAt,
      clickedAt: maybeAt,
      bouncedAt: maybeAt,
      bounceType: z.enum(['hard', 'soft']).nullable(),
      complainedAt: maybeAt,
      openedBy: who,
      clickedBy: who,
      resendOf: z.string().nullable(),
      resolution: z.string().nullable(),
    }),
    z.object({ kind: z.literal('left_out'), ...line, campaign: z.string(), reason: z.string(), optOut }),
    z.object({
      kind: z.literal('wish'),
      ...line,
      type: z.string(),
      via: z.string().nullable(),
      campaign: z.string().nullable(),
      note: z.string().nullable(),
    }),
    z.object({ kind: z.literal('note'), ...line, by: z.string(), text: z.string() }),
    z.object({
      kind: z.literal('act'),
      ...line,
      by: z.string(),
      campaign: z.string(),
      channel,
      reason: z.string(),
      note: z.string().nullable(),
    }),
    z.object({ kind: z.literal('cancelled'), ...line, campaign: z.string() }),
  ])
  .meta({ id: 'HistoryLine' });

const plannedAnswer = z
  .object({
    runId: z.string().nullable().describe('Null while there is no run: of an occurrence to come, or of an event'),
    campaignId: z.string(),
    campaign: z.string(),
    at: maybeAt,
    also: z.array(at).describe('Later occurrences that do the same for this customer'),
    event: z.string().nullable().describe('What it starts on, if it starts on an event'),
    paused: z.boolean(),
    messages: z.array(channel),
    verdict: z.enum(['will_receive', 'left_out', 'not_addressed']),
    reason: z.string().nullable(),
    sources: z
      .array(
        z.object({ kind: z.enum(['list', 'segment', 'everyone']), name: z.string(), because: z.array(z.string()) }),
      )
      .describe('Why the customer is, or is not, among those it addresses'),
    optOut,
  })
  .meta({ id: 'Planned' });

const underWayAnswer = z
  .object({
    runId: z.string(),
    campaign: z.string(),
    status: z.enum(RUN_STATUSES),
    statusReason: z.string().nullable(),
    steps: z.array(
      z.object({
        name: z.string(),
        kind: z.enum(['email', 'sms', 'record', 'condition', 'wait']),
        state: z.enum([...DELIVERY_STATES, 'ahead']),
        at: maybeAt,
        waits: z
          .object({
            why: z.enum(['unwanted', 'wave', 'time', 'hours', 'too_late', 'turn', 'paused']),
            wave: z.number().optional(),
            until: at.optional(),
            opens: z.object({ at: z.string(), whose: z.enum(['contact', 'workspace']) }).optional(),
          })
          .nullable(),
        skipReason: z.string().nullable(),
        error: z.object({ class: errorClass, code: z.string().nullable() }).nullable(),
        deliveryId: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'UnderWay' });

export const customerAnswer = z
  .object({
    contact: contactDetailAnswer,
    planned: z.array(plannedAnswer),
    underWay: z.array(underWayAnswer),
    history: z.object({ items: z.array(historyLineAnswer), nextCursor: z.string().nullable() }),
  })
  .meta({ id: 'CustomerAnswer' });

export const rebuiltMessageAnswer = z
  .object({
    deliveryId: z.string(),
    contactId: z.string(),
    runId: z.string(),
    campaign: z.string(),
    step: z.string(),
    channel,
    state: z.enum(DELIVERY_STATES),
    sentAt: z.iso.datetime().nullable(),
    from: z.string(),
    to: z.string(),
    subject: z.string().nullable(),
    text: z.string(),
    html: z.string().nullable(),
    headers: z.array(z.object({ name: z.string(), value: z.string() })),
    mime: z.string().nullable().describe('Every byte that went over the wire'),
    parts: z
      .object({
        from: z.string(),
        replyTo: z.string().optional(),
        subject: z.string(),
        html: z.string(),
        text: z.string(),
        headers: z.record(z.string(), z.string()),
      })
      .nullable(),
    resendOf: z.string().nullable(),
  })
  .meta({ id: 'RebuiltMessage' });
