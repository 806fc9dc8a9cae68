import { type Ctx, systemCtx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { findImport } from '@/lib/features/imports/import-record';
import { type ImportScope, loadKnownContacts } from '@/lib/features/imports/load-known-contacts';
import { applyRows } from '@/lib/features/imports/match-rows';
import { refuseErased } from '@/lib/features/imports/refuse-erased';
import type { ImportRow } from '@/lib/features/imports/row';
import { ContactsChanged, subscribeImported, writeContacts } from '@/lib/features/imports/write-contacts';

export interface Chunk {
  /** Where the chunk begins, in records; the import must stand exactly there. */
  fromRecord: number;
  records: number;
  endByte: number;
  rows: ImportRow[];
}

export interface ChunkTarget extends ImportScope {
  listId: string | null;
  fileName: string;
  checkErased: boolean;
}

/** How many people the import had made before a chunk, and has with it. */
interface Added {
  before: number;
  after: number;
}

/** The import does not stand where this chunk begins: it was cancelled, or somebody else is ahead. */
export class ImportMoved extends Error {}

const MAX_CELL = 500;
const MAX_TRIES = 5;

function rawCells(cells: readonly string[]): string[] {
  return cells.slice(0, 200).map((cell) => cell.slice(0, MAX_CELL).replaceAll('\0', '\ufffd').toWellFormed());
}

async function writeRemarks({ sql }: Tx, scope: ImportScope, rows: readonly ImportRow[]): Promise<void> {
  const remarked = rows.filter((row) => row.remarks.length > 0);
  if (remarked.length === 0) return;
  const entries = remarked.map(({ number, cells, refused, remarks }) => ({
    n: number,
    column: remarks[0]?.column ?? null,
    code: remarks[0]?.code ?? '',
    message: remarks
      .map((one) => one.message)
      .join(' ')
      .slice(0, 2000)
      .toWellFormed(),
    severity: refused ? 'rejected' : 'note',
    raw: rawCells(cells),
  }));
  await sql`
    insert into import_rejections (workspace_id, import_id, row_number, "column", code, message, severity, raw)
    select ${scope.workspaceId}, ${scope.importId}, n, "column", code, message, severity, raw
    from jsonb_to_recordset(${JSON.stringify(entries)}::text::jsonb)
      as t(n bigint, "column" text, code text, message text, severity text, raw jsonb)`;
}

async function settleOnce(ctx: Ctx, target: ChunkTarget, chunk: Chunk): Promise<Added> {
  return withTx(ctx, async (tx) => {
    const { rows } = chunk;
    if (target.checkErased) await refuseErased(tx, target.workspaceId, rows);
    // on their way together and answered in turn: who is known is read once the import is locked
    const [record, known] = await Promise.all([
      findImport(tx, target.workspaceId, target.importId, true),
      loadKnownContacts(tx, target, rows),
      // a chunk that a crash of the server takes back is imported again, for the place in the file goes back with it
      tx.sql`select set_config('synchronous_commit', 'off', true)`,
    ]);
    if (record.status !== 'running' || Number(record.processedRows) !== chunk.fromRecord) throw new ImportMoved();
    const { touched, counts } = applyRows(known, rows);
    await writeContacts(tx, target, touched);
    if (target.listId) {
      const ids = touched.map((one) => one.id);
      await subscribeImported(tx, target, { listId: target.listId, fileName: target.fileName }, ids);
    }
    await writeRemarks(tx, target, rows);
    const before = record.counts;
    const noted = rows.filter((row) => !row.refused && row.remarks.length > 0).length;
    const total = {
      rows: before.rows + rows.length,
      new: before.new + counts.new,
      updated: before.updated + counts.updated,
      unchanged: before.unchanged + counts.unchanged,
      rejected: before.rejected + counts.rejected,
      noted: (before.noted ?? 0) + noted,
    };
    await tx.sql`
      update imports set processed_rows = ${chunk.fromRecord + chunk.records}, processed_bytes = ${chunk.endByte},
        progressed_at = now(), counts = ${JSON.stringify(total)}::text::jsonb
      where workspace_id = ${target.workspaceId} and id = ${target.importId}`;
    return { before: before.new, after: total.new };
  });
}

/**
 * Writes a chunk of rows in one transaction: contacts, list, remarks, counts and the place in the file. After a crash
 * either all of it is there or none. Tries again when somebody else wrote one of the contacts meanwhile.
 */
export async function settleChunk(target: ChunkTarget, chunk: Chunk): Promise<Added> {
  const ctx = systemCtx(target.workspaceId, 'import');
  const asRead = new Map(
    chunk.rows
      .filter((row) => row.remarks.length > 0)
      .map((row) => [row, { refused: row.refused, remarks: [...row.remarks] }]),
  );
  for (let attempt = 1; ; attempt++) {
    try {
      return await settleOnce(ctx, target, chunk);
    } catch (error) {
      const clash =
        error instanceof ContactsChanged || (error instanceof Error && 'code' in error && error.code === '23505');
      if (!clash || attempt >= MAX_TRIES) throw error;
      for (const row of chunk.rows) {
        row.refused = asRead.get(row)?.refused ?? false;
        row.remarks = [...(asRead.get(row)?.remarks ?? [])];
      }
    }
  }
}
