import { z } from 'zod';
import { authorise, type Ctx, systemCtx } from '@/lib/context';
import { pool, withTx } from '@/lib/db/client';
import { UNDO_WINDOW_DAYS } from '@/lib/domain/import';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';
import { rowConverter } from '@/lib/features/imports/convert-row';
import { findImport, type ImportRecord, importSettingsSchema } from '@/lib/features/imports/import-record';
import { readUpload } from '@/lib/features/imports/read-upload';
import { readRecords } from '@/lib/features/imports/record-reader';
import { hasErasures } from '@/lib/features/imports/refuse-erased';
import { type Chunk, type ChunkTarget, ImportMoved, settleChunk } from '@/lib/features/imports/settle-chunk';

const runImportChunkSchema = z.object({
  importId: z.string(),
  maxRows: z.number().int().min(1).max(1_000_000).default(20_000),
  /** Rows per transaction. */
  chunkRows: z.number().int().min(1).max(20_000).default(4000),
});

interface Progress {
  done: boolean;
  /** Records of the file that are settled so far, in all calls together. */
  processedRows: number;
}

async function begin(ctx: Ctx, importId: string): Promise<{ record: ImportRecord; checkErased: boolean }> {
  return withTx(ctx, async (tx) => {
    const record = await findImport(tx, ctx.workspaceId, importId, true);
    if (record.status === 'queued') {
      await tx.sql`
        update imports set status = 'running', started_at = coalesce(started_at, now()), progressed_at = now()
        where workspace_id = ${ctx.workspaceId} and id = ${importId}`;
      record.status = 'running';
    }
    return { record, checkErased: await hasErasures(tx, ctx.workspaceId) };
  });
}

async function end(ctx: Ctx, importId: string, status: 'completed' | 'failed', reason: string | null): Promise<void> {
  await withTx(ctx, async (tx) => {
    const record = await findImport(tx, ctx.workspaceId, importId, true);
    if (record.status !== 'running') return;
    await tx.sql`
      update imports set status = ${status}, status_reason = ${reason}, ended_at = now(),
        undo_until = case when dry_run then null else now() + make_interval(days => ${UNDO_WINDOW_DAYS}) end
      where workspace_id = ${ctx.workspaceId} and id = ${importId}`;
    await tx.sql`delete from import_previews where workspace_id = ${ctx.workspaceId} and import_id = ${importId}`;
    await recordAudit(tx, ctx, {
      action: `import.${status}`,
      subjectType: 'import',
      subjectId: importId,
      data: { counts: record.counts, dryRun: record.dryRun, ...(reason ? { reason } : {}) },
    });
  });
}

/**
 * After so many new people the planner looks at whom there is now. It takes a workspace that it has not seen for one of a few
 * people, and would look for those of a chunk by reading everybody.
 */
const LOOKED_AT = [1_000, 32_000, 256_000, 2_000_000];

async function lookAtKeys(): Promise<void> {
  await pool()`analyze contacts (workspace_id, external_id, email, phone)`;
}

/** Cuts the rest of the file into chunks and settles them, one being written while the next is read. */
async function settleRows(
  ctx: Ctx,
  record: ImportRecord,
  checkErased: boolean,
  limits: { maxRows: number; chunkRows: number },
): Promise<Progress> {
  const { options, columns, header } = importSettingsSchema.parse(record.options);
  const from = { row: Number(record.processedRows), byte: Number(record.processedBytes) };
  const headers = options.hasHeader ? 1 : 0;
  const convert = rowConverter({ width: header.length, columns, options });
  const target: ChunkTarget = {
    workspaceId: ctx.workspaceId,
    importId: record.id,
    dryRun: record.dryRun,
    listId: record.listId,
    fileName: record.fileName,
    checkErased,
  };
  const newChunk = (fromRecord: number): Chunk => ({ fromRecord, records: 0, endByte: from.byte, rows: [] });
  let chunk = newChunk(from.row);
  let settled = from.row;
  let writing = Promise.resolve();
  const settle = async () => {
    await writing;
    const ready = chunk;
    chunk = newChunk(ready.fromRecord + ready.records);
    writing = settleChunk(target, ready).then(async (added) => {
      settled = ready.fromRecord + ready.records;
      if (!record.dryRun && LOOKED_AT.some((n) => added.before < n && added.after >= n)) await lookAtKeys();
    });
    // a failure is thrown where the chunk is awaited next
    writing.catch(() => undefined);
  };

  let skip = from.byte === 0 ? headers : 0;
  const batches = readRecords({
    bytes: readUpload(ctx, record.uploadId, from.byte),
    fromByte: from.byte,
    fromRecord: from.byte === 0 ? 0 : from.row + headers,
    options,
  });
  try {
    for await (const batch of batches) {
      for (const { cells, endByte, mixed } of batch) {
        chunk.endByte = endByte;
        if (skip > 0) {
          skip--;
          continue;
        }
        chunk.records++;
        if (cells.length > 1 || cells[0]?.trim()) {
          const row = convert(chunk.fromRecord + chunk.records + headers, cells);
          if (mixed) {
            const message = `Some of this row is not ${options.encoding}; it was read as Windows-1252.`;
            row.remarks.push({ column: null, code: 'encoding_mixed', message });
          }
          chunk.rows.push(row);
        }
        if (chunk.records >= limits.chunkRows) await settle();
        if (chunk.fromRecord + chunk.records - from.row >= limits.maxRows) {
          if (chunk.records > 0) await settle();
          await writing;
          return { done: false, processedRows: settled };
        }
      }
    }
  } catch (error) {
    if (error instanceof AppError && chunk.records > 0) await settle();
    await writing;
    throw error;
  }
  if (chunk.records > 0) await settle();
  await writing;
  return { done: true, processedRows: settled };
}

const ANALYSED_FROM = 1_000;

/**
 * Imports up to `maxRows` more rows and answers whether the import is over. Goes on after the last committed row
 * whoever stopped it, however; calling it again, also at the same time from two places, settles no row twice. A file
 * that cannot be read further ends the import as failed with one sentence; the rows before stay.
 */
export async function runImportChunk(ctx: Ctx, input: z.input<typeof runImportChunkSchema>): Promise<Progress> {
  authorise(ctx, 'contacts.write');
  const { importId, ...limits } = parseInput(runImportChunkSchema, input);
  const system = systemCtx(ctx.workspaceId, 'import');
  const { record, checkErased } = await begin(system, importId);
  const processedRows = Number(record.processedRows);
  if (record.status !== 'running') return { done: true, processedRows };
  try {
    const progress = await settleRows(system, record, checkErased, limits);
    if (progress.done) {
      // whoever launches next freezes by plans for as many people as there are now
      if (!record.dryRun && progress.processedRows >= ANALYSED_FROM) await pool()`analyze contacts, subscriptions`;
      await end(system, importId, 'completed', null);
    }
    return progress;
  } catch (error) {
    if (error instanceof ImportMoved) return { done: false, processedRows };
    if (!(error instanceof AppError)) throw error;
    const after = await withTx(system, (tx) => findImport(tx, ctx.workspaceId, importId));
    const kept = after.dryRun
      ? 'Nothing was written.'
      : 'The rows before it were imported and stay; correct the file and import it again.';
    await end(system, importId, 'failed', `${error.message} ${kept}`);
    return { done: true, processedRows: Number(after.processedRows) };
  }
}
