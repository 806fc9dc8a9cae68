import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { type AttributeDefinition, attributeTypeSchema, type DateOrder } from '@/lib/domain/attribute';
import { DELIMITERS, type Delimiter, type ImportMapping } from '@/lib/domain/import';
import { suggestDateOrder, suggestMapping } from '@/lib/domain/import-suggest';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { isReadable } from '@/lib/features/imports/decode-cell';
import {
  decodeHead,
  detectDelimiter,
  detectEncoding,
  looksLikeHeader,
  parseHead,
  refuseOtherFormats,
} from '@/lib/features/imports/detect-format';
import { readUploadHead } from '@/lib/features/imports/read-upload';

export const inspectUploadSchema = z.object({
  uploadId: z.string(),
  /** What a person chose instead of what was detected. */
  encoding: z.string().max(40).optional(),
  delimiter: z.enum(DELIMITERS).optional(),
  hasHeader: z.boolean().optional(),
});

export interface Inspection {
  fileName: string;
  sizeBytes: number;
  encoding: string;
  delimiter: Delimiter;
  hasHeader: boolean;
  dateOrder: DateOrder;
  /** Names of the columns; `Column 3` where the file has none. */
  columns: string[];
  /** Up to 20 rows as they are in the file. */
  samples: string[][];
  /** By the length of the first rows. */
  estimatedRows: number;
  mapping: ImportMapping;
}

const HEAD_BYTES = 262_144;

async function findUpload(ctx: Ctx, uploadId: string) {
  return withTx(ctx, async ({ sql }) => {
    const [upload] = await sql<{ fileName: string; sizeBytes: string; completedAt: Date | null }[]>`
      select file_name as "fileName", size_bytes as "sizeBytes", completed_at as "completedAt" from uploads
      where workspace_id = ${ctx.workspaceId} and id = ${uploadId}`;
    if (!upload) throw new AppError('not_found', 'There is no such upload in this workspace.');
    if (!upload.completedAt)
      throw new AppError('precondition', 'The file has not arrived completely. Finish the upload.');
    const known = await sql<AttributeDefinition[]>`
      select key, label, type from attribute_definitions where workspace_id = ${ctx.workspaceId} order by key`;
    return { ...upload, sizeBytes: Number(upload.sizeBytes), known };
  });
}

/** Names every column, each once: a name that comes again gets a number. */
export function columnNames(header: readonly string[] | undefined, width: number): string[] {
  const taken = new Set<string>();
  return Array.from({ length: width }, (_, i) => {
    const name = header?.[i]?.trim().slice(0, 200) || `Column ${i + 1}`;
    let free = name;
    for (let n = 2; taken.has(free); n++) free = `${name} (${n})`;
    taken.add(free);
    return free;
  });
}

/**
 * Looks at the beginning of an upload and suggests how to read it: encoding, delimiter, header, types and a mapping.
 * Throws `invalid` with one sentence for a file that is empty, has only a header, or is no CSV.
 */
export async function inspectUpload(ctx: Ctx, input: z.input<typeof inspectUploadSchema>): Promise<Inspection> {
  authorise(ctx, 'contacts.write');
  const chosen = parseInput(inspectUploadSchema, input);
  const upload = await findUpload(ctx, chosen.uploadId);
  const head = await readUploadHead(ctx, chosen.uploadId, HEAD_BYTES);
  refuseOtherFormats(head);
  const encoding = chosen.encoding ?? detectEncoding(head);
  if (!isReadable(encoding))
    throw new AppError('invalid', `The encoding ${encoding} is not supported. Save the file as UTF-8.`);
  const isWhole = head.length >= upload.sizeBytes;
  const text = decodeHead(head, encoding);
  const delimiter = chosen.delimiter ?? detectDelimiter(text, isWhole);
  const records = parseHead(text, delimiter, isWhole);
  const hasHeader = chosen.hasHeader ?? looksLikeHeader(records);
  const rows = hasHeader ? records.slice(1) : records;
  if (records.length === 0) throw new AppError('invalid', 'The file has no rows. Nothing can be imported from it.');
  if (rows.length === 0)
    throw new AppError('invalid', 'The file has a header but no rows. Nothing can be imported from it.');
  const width = records[0]?.length ?? 0;
  const columns = columnNames(hasHeader ? records[0] : undefined, width);
  const mapping = suggestMapping(columns, rows, upload.known);
  const dates = mapping.flatMap(({ target }, i) =>
    target.kind === 'attribute' && target.type === attributeTypeSchema.enum.date ? rows.map((row) => row[i] ?? '') : [],
  );
  const sampled = Math.max(
    1,
    isWhole ? head.length : Math.min(head.length, Buffer.byteLength(records.flat().join(' '))),
  );
  return {
    fileName: upload.fileName,
    sizeBytes: upload.sizeBytes,
    encoding,
    delimiter,
    hasHeader,
    dateOrder: suggestDateOrder(dates),
    columns,
    samples: rows.slice(0, 20),
    estimatedRows: isWhole ? rows.length : Math.round((rows.length / sampled) * upload.sizeBytes),
    mapping,
  };
}
