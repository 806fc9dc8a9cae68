import { z } from 'zod';
import { maybeTime, time } from '@/app/api/v1/answers/common';
import { DATE_ORDERS } from '@/lib/domain/attribute';
import {
  DELIMITERS,
  IMPORT_STATUSES,
  importMappingSchema,
  importOptionsSchema,
  importTargetSchema,
} from '@/lib/domain/import';

export const uploadAnswer = z.object({
  id: z.string(),
  fileName: z.string(),
  completedAt: maybeTime,
  chunks: z.array(z.number()).describe('Numbers of the chunks that are here; what is missing is still to be sent'),
});

export const completedUploadAnswer = z.object({ sizeBytes: z.number(), sha256: z.string() });

export const inspectionAnswer = z
  .object({
    fileName: z.string(),
    sizeBytes: z.number(),
    encoding: z.string(),
    delimiter: z.enum(DELIMITERS),
    hasHeader: z.boolean(),
    dateOrder: z.enum(DATE_ORDERS),
    columns: z.array(z.string()),
    samples: z.array(z.array(z.string())).describe('Up to 20 rows as they are in the file'),
    estimatedRows: z.number(),
    mapping: importMappingSchema.describe('To start from'),
  })
  .meta({ id: 'Inspection' });

export const importAnswer = z
  .object({
    id: z.string(),
    uploadId: z.string(),
    fileName: z.string(),
    status: z.enum(IMPORT_STATUSES),
    statusReason: z.string().nullable(),
    dryRun: z.boolean(),
    listId: z.string().nullable(),
    counts: z.object({
      rows: z.number(),
      new: z.number(),
      updated: z.number(),
      unchanged: z.number(),
      rejected: z.number(),
      noted: z.number().optional(),
    }),
    processedBytes: z.number(),
    sizeBytes: z.number(),
    createdBy: z.string(),
    createdAt: time,
    startedAt: maybeTime,
    endedAt: maybeTime,
    undoUntil: maybeTime,
  })
  .meta({ id: 'ImportSummary' });

export const importDetailAnswer = importAnswer
  .extend({
    settings: z.object({
      options: importOptionsSchema,
      columns: z.array(z.object({ index: z.number(), name: z.string(), target: importTargetSchema })),
      header: z.array(z.string()),
    }),
  })
  .meta({ id: 'Import' });

export const remarkAnswer = z
  .object({
    rowNumber: z.number().describe('As a spreadsheet counts: the header is row 1'),
    severity: z.enum(['rejected', 'note']),
    column: z.string().nullable(),
    code: z.string(),
    message: z.string(),
    cells: z.array(z.string()),
  })
  .meta({ id: 'Remark' });
