import { readFileSync } from 'node:fs';
import type { Ctx } from '@/lib/context';
import { pool } from '@/lib/db/client';
import type { Role } from '@/lib/domain/role';
import { inspectUpload } from '@/lib/features/imports/inspect-upload';
import { runImportChunk } from '@/lib/features/imports/run-import-chunk';
import { startImport } from '@/lib/features/imports/start-import';
import { storeUpload } from '@/lib/features/imports/store-upload';

export function as(workspaceId: string, role: Role = 'marketer'): Ctx {
  return { workspaceId, actor: { type: 'user', userId: 'usr_1', name: 'Mei', role } };
}

export const SAMPLE = readFileSync('public/samples/launch-invitees.csv');

export async function makeWorkspace(id: string): Promise<Ctx> {
  await pool()`
    insert into workspaces (id, name, slug, settings) values (${id}, ${id}, ${id}, ${'{"defaultCountry":"SG"}'}::text::jsonb)
    on conflict do nothing`;
  return as(id);
}

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export async function upload(ctx: Ctx, content: string | Buffer, pieceBytes = 100_000): Promise<string> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const stored = await storeUpload(ctx, { fileName: 'people.csv', stream: inPieces(bytes, pieceBytes) });
  return stored.id;
}

type StartInput = Partial<Parameters<typeof startImport>[1]>;

/** Uploads, takes every suggestion, and starts. */
export async function start(ctx: Ctx, content: string | Buffer, change: StartInput = {}): Promise<string> {
  const uploadId = await upload(ctx, content);
  const { mapping, encoding, delimiter, hasHeader, dateOrder } = await inspectUpload(ctx, { uploadId });
  const options = { encoding, delimiter, hasHeader, dateOrder, ...change.options };
  const { id } = await startImport(ctx, { uploadId, mapping, ...change, options });
  return id;
}

export async function runToEnd(ctx: Ctx, importId: string, limits: { maxRows?: number; chunkRows?: number } = {}) {
  for (;;) {
    const { done } = await runImportChunk(ctx, { importId, ...limits });
    if (done) return;
  }
}

export async function importText(ctx: Ctx, content: string | Buffer, change: StartInput = {}): Promise<string> {
  const id = await start(ctx, content, change);
  await runToEnd(ctx, id);
  return id;
}

export async function importRow(id: string) {
  const [row] = await pool()<
    { status: string; statusReason: string | null; counts: Record<string, number>; processedRows: string }[]
  >`select status, status_reason as "statusReason", counts, processed_rows as "processedRows" from imports where id = ${id}`;
  if (!row) throw new Error(`no import ${id}`);
  return row;
}
