import { z } from 'zod';
import { channel, maybeTime, time, values } from '@/app/api/v1/answers/common';

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

export const templateVersionAnswer = z.object({ revision: z.number(), savedBy: z.string(), savedAt: time });

export const assetAnswer = z
  .object({
    id: z.string(),
    src: z.string().describe('Path on this installation'),
    fileName: z.string(),
    width: z.number().nullable(),
    height: z.number().nullable(),
    createdAt: time,
  })
  .meta({ id: 'Asset' });

export const storedAssetAnswer = z.object({
  id: z.string(),
  src: z.string().describe('Path on this installation'),
  mediaType: z.string(),
  width: z.number(),
  height: z.number(),
});

export const templateFindingAnswer = z.object({
  code: z.enum(['unknown_tag', 'no_fallback', 'no_unsubscribe_link', 'no_postal_address']),
  isCritical: z.boolean().describe('A campaign with this template is not launched'),
  field: z.string().nullable(),
  contacts: z.number().describe('For whom it goes wrong'),
  message: z.string(),
});

export const previewContactAnswer = z.object({ id: z.string(), name: z.string(), detail: z.string() });

const smsText = z.object({
  text: z.string(),
  encoding: z.enum(['GSM-7', 'UCS-2']),
  segments: z.number(),
  units: z.number(),
  unitsLeft: z.number(),
  nonGsm: z.array(z.string()),
});

export const templatePreviewAnswer = z
  .object({
    contact: z.object({ id: z.string(), name: z.string() }).nullable(),
    problem: z.string().nullable().describe('Why this contact would get no message'),
    message: z
      .union([
        z.object({
          channel: z.literal('email'),
          subject: z.string(),
          preheader: z.string(),
          html: z.string(),
          text: z.string(),
        }),
        smsText.extend({ channel: z.literal('sms') }),
      ])
      .nullable(),
  })
  .meta({ id: 'TemplatePreview' });
