import { encode } from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ctx } from '@/lib/context';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { appendUploadChunk } from '@/lib/features/imports/append-upload-chunk';
import { cancelImport } from '@/lib/features/imports/cancel-import';
import { completeUpload } from '@/lib/features/imports/complete-upload';
import { createUpload } from '@/lib/features/imports/create-upload';
import { exportRejected } from '@/lib/features/imports/export-rejected';
import { getImport } from '@/lib/features/imports/get-import';
import { inspectUpload } from '@/lib/features/imports/inspect-upload';
import { listImports } from '@/lib/features/imports/list-imports';
import { listRemarks } from '@/lib/features/imports/list-remarks';
import { runImportChunk } from '@/lib/features/imports/run-import-chunk';
import { startImport } from '@/lib/features/imports/start-import';
import { as, importRow, importText, makeWorkspace, runToEnd, upload } from '@/lib/features/imports/testing';

let database: TestDatabase;
let workspaces = 0;
const fresh = () => makeWorkspace(`wsp_${++workspaces}`);

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

async function contactsOf(ctx: Ctx) {
  return await pool()`
    select external_id, email, phone, first_name, last_name, attributes, email_consent, sms_consent, do_not_market
    from contacts where workspace_id = ${ctx.workspaceId} and erased_at is null
    order by external_id nulls last, email, phone, first_name`;
}

const PEOPLE = 'Customer No,E-mail,First Name,Plan\n';
const people = (from: number, to: number, plan = 'pro') =>
  PEOPLE +
  Array.from({ length: to - from }, (_, i) => `N${from + i},n${from + i}@example.com,Nº ${from + i},${plan}\n`).join(
    '',
  );

describe('a file', () => {
  const text =
    'Customer No;E-mail;Vorname;Contract End\r\nU1;ü@example.com;Jürgen "J";31.12.2026\r\nU2;b@example.com;名;01.02.2026\r\n';
  const western = text.replace('名', 'É');

  it.each([
    ['utf-8', Buffer.from(text), 'utf-8'],
    ['utf-8 with a mark', Buffer.from(`\ufeff${text}`), 'utf-8'],
    ['utf-16 little endian with a mark', encode(text, 'utf-16le', { addBOM: true }), 'utf-16le'],
    ['utf-16 big endian with a mark', encode(text, 'utf-16be', { addBOM: true }), 'utf-16be'],
    ['utf-16 little endian without a mark', encode(western, 'utf-16le', { addBOM: false }), 'utf-16le'],
    ['Windows-1252', encode(western, 'windows-1252'), 'windows-1252'],
  ])('in %s is read as such', async (_name, bytes, encoding) => {
    const ctx = await fresh();
    const uploadId = await upload(ctx, bytes, 7);
    const found = await inspectUpload(ctx, { uploadId });
    expect(found).toMatchObject({ encoding, delimiter: ';', hasHeader: true, dateOrder: 'dmy', estimatedRows: 2 });
    const { mapping, delimiter, hasHeader, dateOrder } = found;
    const { id } = await startImport(ctx, {
      uploadId,
      mapping,
      options: { encoding, delimiter, hasHeader, dateOrder },
    });
    await runToEnd(ctx, id, { chunkRows: 1, maxRows: 1 });
    expect(await contactsOf(ctx)).toMatchObject([
      {
        external_id: 'U1',
        email: 'ü@example.com',
        first_name: 'Jürgen "J"',
        attributes: { contract_end: '2026-12-31' },
      },
      { external_id: 'U2', attributes: { contract_end: '2026-02-01' } },
    ]);
  });

  it('may mix line ends, have blank lines, stray quotes, spare columns and no line end at its end', async () => {
    const ctx = await fresh();
    const id = await importText(ctx, 'Customer No,First Name\r\nM1,5" phone\n\nM2,"a\nb"\rM3,c,,\n,\nM4,d');
    expect((await importRow(id)).counts).toMatchObject({ rows: 5, new: 4, rejected: 1 });
    expect((await contactsOf(ctx)).map((one) => one.first_name)).toEqual(['5" phone', 'a b', 'c', 'd']);
  });

  it('may be without a header', async () => {
    const ctx = await fresh();
    const uploadId = await upload(ctx, 'H1,h1@example.com\nH2,h2@example.com\n');
    const { hasHeader, columns, mapping } = await inspectUpload(ctx, { uploadId });
    expect({ hasHeader, columns }).toEqual({ hasHeader: false, columns: ['Column 1', 'Column 2'] });
    expect(mapping.map(({ target }) => (target.kind === 'field' ? target.field : target.kind))).toEqual([
      'attribute',
      'email',
    ]);
    const chosen = [
      { column: 'Column 1', target: { kind: 'field' as const, field: 'external_id' as const } },
      { column: 'Column 2', target: { kind: 'field' as const, field: 'email' as const } },
    ];
    const { id } = await startImport(ctx, { uploadId, mapping: chosen, options: { hasHeader: false } });
    await runToEnd(ctx, id);
    expect((await importRow(id)).counts).toMatchObject({ rows: 2, new: 2 });
  });

  it.each([
    ['nothing', '', 'The file is empty'],
    ['only a header', 'Customer No,E-mail\n', 'has a header but no rows'],
    ['only blank lines', '\n\n\n', 'has no rows'],
    ['an Excel workbook', Buffer.from('PK\x03\x04rest of it'), 'an Excel or ZIP file'],
    ['a quotation mark that is never closed', 'Customer No,E-mail\nA,"b@example.com\n', 'never closed'],
    ['NUL bytes', Buffer.from('Customer No,E-mail\nA\0,b@example.com\n'), 'not a text file'],
  ])('with %s is refused in one sentence', async (_what, content, sentence) => {
    const ctx = await fresh();
    const refused = (async () => inspectUpload(ctx, { uploadId: await upload(ctx, content) }))();
    await expect(refused).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining(sentence) });
  });

  it.each([
    ['a quotation mark that is never closed', `\nZ9,"z9@example.com,x,y\n`, 'Row 5002 opens a quotation mark'],
    ['a field of 10 MB', `\nZ9,z9@example.com,"${'x'.repeat(10_000_000)}",y\n`, 'Row 5002 is larger than 1 MB'],
  ])('that turns out to have %s ends with one sentence and keeps the rows before', async (_what, end, sentence) => {
    const ctx = await fresh();
    const id = await importText(ctx, people(0, 5000).trimEnd() + end);
    const record = await importRow(id);
    expect(record).toMatchObject({ status: 'failed', counts: { rows: 5000, new: 5000 } });
    expect(record.statusReason).toContain(sentence);
    expect(record.statusReason).toContain('The rows before it were imported and stay');
  });

  it('with NUL characters and wrong widths further down loses those rows only', async () => {
    const ctx = await fresh();
    const id = await importText(
      ctx,
      `${people(0, 9000)}A\0B,q@example.com,x,y\nonly,two\nN1,n1@exa\0mple.com,x,y\nok,,Na\0me,y\n`,
    );
    expect((await importRow(id)).counts).toMatchObject({ rows: 9004, new: 9001, rejected: 3 });
    const { items } = await listRemarks(ctx, { importId: id });
    expect(items.map((one) => one.code)).toEqual([
      'external_id_invalid',
      'wrong_column_count',
      'email_control_characters',
      'control_characters',
    ]);
  });

  it('cannot be mapped to columns it does not have, twice to one field, or to nobody', async () => {
    const ctx = await fresh();
    const uploadId = await upload(ctx, people(0, 2));
    const to = (column: string, field: 'email' | 'first_name') => ({
      column,
      target: { kind: 'field' as const, field },
    });
    const tried = (...mapping: ReturnType<typeof to>[]) => startImport(ctx, { uploadId, mapping });
    await expect(tried(to('Unheard of', 'email'))).rejects.toThrow('has no column “Unheard of”. It has: Customer No');
    await expect(tried(to('E-mail', 'email'), to('Plan', 'email'))).rejects.toThrow('both go to email');
    await expect(tried(to('Plan', 'first_name'))).rejects.toThrow('Map at least one column');
    await expect(
      startImport(as(ctx.workspaceId, 'viewer'), { uploadId, mapping: [to('E-mail', 'email')] }),
    ).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(startImport(await fresh(), { uploadId, mapping: [to('E-mail', 'email')] })).rejects.toMatchObject({
      code: 'not_found',
    });
    await tried(to('E-mail', 'email'));
    await expect(tried(to('E-mail', 'email'))).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('an upload', () => {
  it('arrives in chunks in any order, each of them more than once', async () => {
    const ctx = await fresh();
    const bytes = Buffer.from(people(0, 3));
    const { id: uploadId } = await createUpload(ctx, { fileName: '../../etc/passwd' });
    const part = (n: number) => bytes.subarray(n * 40, n * 40 + 40);
    const count = Math.ceil(bytes.length / 40);
    await appendUploadChunk(ctx, { uploadId, n: 1, data: part(1) });
    await expect(completeUpload(ctx, { uploadId })).rejects.toMatchObject({ code: 'precondition' });
    for (let n = 0; n < count; n++) await appendUploadChunk(ctx, { uploadId, n, data: part(n) });
    await expect(appendUploadChunk(ctx, { uploadId, n: 1, data: part(0) })).rejects.toMatchObject({ code: 'conflict' });
    await expect(inspectUpload(ctx, { uploadId })).rejects.toMatchObject({ code: 'precondition' });
    await expect(completeUpload(ctx, { uploadId, sha256: '0'.repeat(64) })).rejects.toMatchObject({ code: 'conflict' });
    const done = await completeUpload(ctx, { uploadId });
    expect(done.sizeBytes).toBe(bytes.length);
    expect(await completeUpload(ctx, { uploadId })).toEqual(done);
    await expect(appendUploadChunk(ctx, { uploadId, n: count, data: part(0) })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect((await inspectUpload(ctx, { uploadId })).fileName).toBe('passwd');
    await expect(completeUpload(await fresh(), { uploadId })).rejects.toMatchObject({ code: 'not_found' });
    await expect(createUpload(as(ctx.workspaceId, 'viewer'), { fileName: 'x' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(createUpload(ctx, { fileName: 'x', sizeBytes: 3e9 })).rejects.toMatchObject({ code: 'limit' });
  });
});

describe('the report of an import', () => {
  it('has every refused row, safe for a spreadsheet, and the corrected file comes in again', async () => {
    const ctx = await fresh();
    const id = await importText(
      ctx,
      'Customer No,E-mail,Mobile,First Name\nQ1,broken,+6591234567,=1+1\nQ2,q2@example.com,,Ok\n',
    );
    await expect(exportRejected(as(ctx.workspaceId, 'viewer'), { importId: id })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(exportRejected(await fresh(), { importId: id })).rejects.toMatchObject({ code: 'not_found' });
    const { lines } = await exportRejected(ctx, { importId: id });
    let text = '';
    for await (const line of lines) text += line;
    expect(text.split('\r\n').slice(0, 2)).toEqual([
      'Customer No,E-mail,Mobile,First Name,rejected_row,rejected_column,rejected_code,rejected_reason',
      "Q1,broken,'+6591234567,'=1+1,2,E-mail,email_invalid,E-mail: “broken” is not an email address.",
    ]);
    const again = await importText(ctx, text.replace('broken', 'q1@example.com'));
    expect((await importRow(again)).counts).toMatchObject({ new: 1, rejected: 0 });
    expect((await contactsOf(ctx))[0]).toMatchObject({ phone: '+6591234567', first_name: '=1+1' });
  });

  it('can be read by its workspace only', async () => {
    const ctx = await fresh();
    const ids = [];
    for (const n of [1, 2, 3]) ids.push(await importText(ctx, people(n, n + 1)));
    const first = await listImports(ctx, { limit: 2 });
    const second = await listImports(ctx, { limit: 2, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...second.items].map((one) => one.id)).toEqual(ids.reverse());
    const found = await getImport(as(ctx.workspaceId, 'viewer'), { id: ids[0] ?? '' });
    expect(found).toMatchObject({ status: 'completed', fileName: 'people.csv' });
    expect(found.processedBytes).toBe(found.sizeBytes);
    const other = await fresh();
    await expect(getImport(other, { id: ids[0] ?? '' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(listRemarks(other, { importId: ids[0] ?? '' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(cancelImport(other, { id: ids[0] ?? '' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(runImportChunk(other, { importId: ids[0] ?? '' })).rejects.toMatchObject({ code: 'not_found' });
  });
});
