import { z } from 'zod';
import { maybeTime, time } from '@/app/api/v1/answers/common';
import { counts } from '@/app/api/v1/answers/runs';
import { expectationSchema } from '@/lib/domain/recurrence';
import { RUN_STATUSES } from '@/lib/domain/run';

const actor = z.object({ type: z.string(), id: z.string(), name: z.string() });

export const occurrencesAnswer = z
  .object({
    recurrence: z
      .object({
        words: z.string().describe('The plan as a sentence'),
        timeZone: z.string(),
        status: z.enum(['active', 'ended', 'stopped']),
        nextAt: maybeTime,
        overlap: z.enum(['skip', 'wait', 'start']),
        expect: expectationSchema,
        activatedAt: time,
        activatedBy: actor,
        stoppedAt: maybeTime,
        version: z.number(),
        isDraftNewer: z.boolean().describe('The draft was changed since, which counts from the next activation'),
      })
      .nullable()
      .describe('The last activation; null before the first one'),
    coming: z.array(z.object({ plannedAt: time, skippedBy: actor.nullable() })),
    past: z.array(
      z.object({
        plannedAt: time,
        state: z.enum(['run', 'waiting', 'skipped', 'missed']),
        reason: z.string().nullable(),
        decidedBy: actor.nullable().describe('Who left it out, or ran it out of turn'),
        unexpected: z.enum(['empty', 'unusual', 'late']).nullable(),
        unexpectedWords: z.string().nullable(),
        run: z
          .object({
            id: z.string(),
            status: z.enum(RUN_STATUSES),
            audience: z.number().nullable(),
            startedAt: maybeTime,
            counts,
          })
          .nullable(),
      }),
    ),
    nextBefore: maybeTime.describe('Ask for earlier ones with “before”'),
  })
  .meta({ id: 'Occurrences' });
