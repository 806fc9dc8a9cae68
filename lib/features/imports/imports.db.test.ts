import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ctx } from '@/lib/context';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { eraseContact } from '@/lib/features/contacts/erase-contact';
import { optOutContact } from '@/lib/features/contacts/opt-out-contact';
import { updateContact } from '@/lib/features/contacts/update-contact';
import { cancelImport } from '@/lib/features/imports/cancel-import';
import { findStalledImports } from '@/lib/features/imports/find-stalled-imports';
import { listRemarks } from '@/lib/features/imports/list-remarks';
import { purgeUploads } from '@/lib/features/imports/purge-uploads';
import { runImportChunk } from '@/lib/features/imports/run-import-chunk';
import { startImport } from '@/lib/features/imports/start-import';
import {
  as,
  importRow,
  importText,
  makeWorkspace,
  runToEnd,
  SAMPLE,
  start,
  upload,
} from '@/lib/features/imports/testing';
import { undoImport } from '@/lib/features/imports/undo-import';
import { createList } from '@/lib/features/lists/create-list';
import { getList } from '@/lib/features/lists/get-list';
import { unsubscribeContacts } from '@/lib/features/lists/unsubscribe-contacts';

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

async function idOf(ctx: Ctx, externalId: string): Promise<string> {
  const [row] = await pool()<{ id: string }[]>`
    select id from contacts where workspace_id = ${ctx.workspaceId} and external_id = ${externalId}`;
  return row?.id ?? '';
}

const PEOPLE = 'Customer No,E-mail,First Name,Plan\n';
const people = (from: number, to: number, plan = 'pro') =>
  PEOPLE +
  Array.from({ length: to - from }, (_, i) => `N${from + i},n${from + i}@example.com,Nº ${from + i},${plan}\n`).join(
    '',
  );

describe('an import', () => {
  it('gives the same contacts and counts however the file is cut into chunks', async () => {
    const cell = fc.constantFrom('', 'A1', 'A2', 'A3', 'A4');
    const email = fc.constantFrom('', 'x@example.com', 'y@example.com', 'z@example.com', 'broken');
    const line = fc.tuple(cell, email, fc.constantFrom('', '91234567', '98765432'), fc.constantFrom('', 'pro', 'free'));
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 14 }),
        fc.integer({ min: 1, max: 5 }),
        async (lines, cut) => {
          const text = `Customer No,E-mail,Mobile,Plan\n${lines.map((one) => one.join(',')).join('\n')}`;
          const [whole, chunked] = [await fresh(), await fresh()];
          const one = await start(whole, text);
          await runToEnd(whole, one);
          const two = await start(chunked, text);
          await runToEnd(chunked, two, { chunkRows: cut, maxRows: cut * 2 });
          const [a, b] = [await importRow(one), await importRow(two)];
          const { noted: _a, ...countsA } = a.counts;
          const { noted: _b, ...countsB } = b.counts;
          expect(countsB).toEqual(countsA);
          expect(await contactsOf(chunked)).toEqual(await contactsOf(whole));
        },
      ),
      { numRuns: 40 },
    );
  }, 120_000);

  it('tried dry counts what the real one then does, and writes nobody', async () => {
    const ctx = await fresh();
    await importText(ctx, people(0, 5));
    const before = await contactsOf(ctx);
    const dry = await start(ctx, SAMPLE, { dryRun: true });
    await runToEnd(ctx, dry, { chunkRows: 100 });
    expect(await contactsOf(ctx)).toEqual(before);
    const real = await importText(ctx, SAMPLE);
    expect((await importRow(dry)).counts).toEqual((await importRow(real)).counts);
    const remarks = async (id: string) => (await listRemarks(ctx, { importId: id, limit: 200 })).items;
    expect(await remarks(dry)).toEqual(await remarks(real));
    expect(await pool()`select 1 from import_previews where workspace_id = ${ctx.workspaceId}`).toHaveLength(0);
    await expect(undoImport(ctx, { id: dry })).rejects.toMatchObject({ code: 'precondition' });
  });

  it('counts new, updated and unchanged exactly', async () => {
    const ctx = await fresh();
    await importText(ctx, people(0, 100));
    const id = await importText(ctx, people(50, 120) + people(0, 10, 'free').slice(PEOPLE.length));
    expect((await importRow(id)).counts).toMatchObject({ rows: 80, new: 20, updated: 10, unchanged: 50, rejected: 0 });
  });

  it('settles no row twice when two run it at once', async () => {
    const ctx = await fresh();
    const id = await start(ctx, people(0, 500));
    await Promise.all([1, 2, 3].map(() => runToEnd(ctx, id, { chunkRows: 20, maxRows: 100 })));
    expect(await importRow(id)).toMatchObject({ status: 'completed', counts: { rows: 500, new: 500 } });
    expect(await runImportChunk(ctx, { importId: id })).toMatchObject({ done: true, processedRows: 500 });
  });

  it('goes on after kill -9 at any moment and ends as if nothing had happened', async () => {
    const ctx = await fresh();
    const body = SAMPLE.subarray(SAMPLE.indexOf(10) + 1).toString();
    const header = SAMPLE.subarray(0, SAMPLE.indexOf(10) + 1).toString();
    const text = header + [0, 1, 2, 3, 4].map((n) => body.replaceAll(/^C(\d{6})/gm, `C${n}$1`)).join('');
    const id = await start(ctx, text);
    const code = `
      import { runImportChunk } from ${JSON.stringify(`${process.cwd()}/lib/features/imports/run-import-chunk.ts`)};
      const ctx = { workspaceId: ${JSON.stringify(ctx.workspaceId)}, actor: { type: 'system', name: 'test' } };
      process.stdout.write('started');
      while (!(await runImportChunk(ctx, { importId: ${JSON.stringify(id)}, maxRows: 700, chunkRows: 50 })).done);
      process.exit(0);`;
    const env = { ...process.env, DATABASE_URL: database.url, WAYBILL_SECRET: 'a secret for tests, thirty-two chars' };
    let kills = 0;
    for (let alive = true; alive; ) {
      const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const exited = once(child, 'exit');
      const before = Number((await importRow(id)).processedRows);
      const goal = before + 300 + ((kills * 977) % 2500);
      if (child.stdout) await once(child.stdout, 'data');
      while (child.exitCode === null && Number((await importRow(id)).processedRows) < goal) {
        await Promise.race([exited, new Promise((resolve) => setImmediate(resolve))]);
      }
      if (child.exitCode === null) {
        child.kill('SIGKILL');
        kills++;
      }
      await exited;
      alive = child.signalCode !== null;
    }
    expect(kills).toBeGreaterThan(1);
    const other = await fresh();
    const whole = await importText(other, text);
    expect((await importRow(id)).counts).toEqual((await importRow(whole)).counts);
    expect(await contactsOf(ctx)).toEqual(await contactsOf(other));
  }, 120_000);

  it('can be cancelled between chunks and keeps what is in', async () => {
    const ctx = await fresh();
    const id = await start(ctx, people(0, 100));
    await runImportChunk(ctx, { importId: id, maxRows: 30, chunkRows: 10 });
    await cancelImport(ctx, { id });
    await cancelImport(ctx, { id });
    expect(await runImportChunk(ctx, { importId: id })).toEqual({ done: true, processedRows: 30 });
    expect(await importRow(id)).toMatchObject({ status: 'cancelled', counts: { new: 30 } });
    expect(await undoImport(ctx, { id })).toEqual({ removed: 30, restored: 0, kept: 0 });
  });

  it('never gives back consent, a subscription or an erased person', async () => {
    const ctx = await fresh();
    const { id: listId } = await createList(ctx, { name: 'News' });
    const text = (consent: string) =>
      `Customer No,E-mail,Email Consent\nR1,r1@example.com,${consent}\nR2,r2@example.com,yes\n`;
    await importText(ctx, text('no'), { listId });
    const [r1, r2] = [await idOf(ctx, 'R1'), await idOf(ctx, 'R2')];
    await unsubscribeContacts(ctx, { listId, contactIds: [r1], source: 'form' });
    await eraseContact(as(ctx.workspaceId, 'owner'), { contactId: r2, why: 'asked' });
    const id = await importText(ctx, text('yes'), { listId });
    expect((await importRow(id)).counts).toMatchObject({ unchanged: 1, rejected: 1 });
    const { items } = await listRemarks(ctx, { importId: id });
    expect(items.map((one) => [one.rowNumber, one.code])).toEqual([
      [2, 'consent_kept_revoked'],
      [3, 'erased'],
    ]);
    expect(await getList(ctx, { id: listId })).toMatchObject({ subscribed: 0, unsubscribed: 1 });
  });

  it('recognises people by customer number, then email, then phone', async () => {
    const ctx = await fresh();
    await importText(ctx, 'E-mail,Mobile\nonly@example.com,\n,91234567\n');
    const id = await importText(
      ctx,
      'Customer No,E-mail,Mobile\nK1,ONLY@example.com,\n,,+65 9123 4567\nK2,two@example.com,\n',
    );
    expect((await importRow(id)).counts).toMatchObject({ new: 1, updated: 1, unchanged: 1 });
    const again = await importText(ctx, 'Customer No,E-mail\nK3,two@example.com\n,two@example.com\n');
    expect((await listRemarks(ctx, { importId: again })).items.map((one) => one.code)).toEqual([
      'shared_email',
      'ambiguous_match',
    ]);
  });

  it('keeps or clears what an empty cell is about, and leaves bad values empty on request', async () => {
    const ctx = await fresh();
    await importText(ctx, `${PEOPLE}E1,e1@example.com,Eve,pro\n`);
    await importText(ctx, `${PEOPLE}E1,,,\n`);
    expect(await contactsOf(ctx)).toMatchObject([
      { email: 'e1@example.com', first_name: 'Eve', attributes: { plan: 'pro' } },
    ]);
    await importText(ctx, `${PEOPLE}E1,,,\n`, { options: { emptyCells: 'clear' } });
    expect(await contactsOf(ctx)).toMatchObject([{ email: null, first_name: null, attributes: {} }]);
    const bad = 'Customer No,Mobile\nE1,12\n';
    const id = await importText(ctx, bad, { options: { badValues: 'leave_empty' } });
    expect((await importRow(id)).counts).toMatchObject({ unchanged: 1, rejected: 0, noted: 1 });
  });
});

describe('undoing an import', () => {
  it('leaves the workspace as before, except for people who were touched since', async () => {
    const ctx = await fresh();
    const { id: listId } = await createList(ctx, { name: 'L' });
    await importText(ctx, people(0, 10));
    const before = await contactsOf(ctx);
    const id = await importText(ctx, people(5, 20, 'free'), { listId });
    await updateContact(ctx, { id: await idOf(ctx, 'N6'), lastName: 'Changed' });
    await optOutContact(ctx, { contactId: await idOf(ctx, 'N15'), channel: 'email', source: 'phone' });
    await expect(undoImport(as(ctx.workspaceId, 'viewer'), { id })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(undoImport(await fresh(), { id })).rejects.toMatchObject({ code: 'not_found' });
    expect(await undoImport(ctx, { id })).toEqual({ removed: 9, restored: 4, kept: 2 });
    await expect(undoImport(ctx, { id })).rejects.toMatchObject({ code: 'conflict' });
    const after = await contactsOf(ctx);
    expect(after.map((one) => one.external_id)).toEqual([...before.map((one) => one.external_id), 'N15'].sort());
    expect(after.filter((one) => one.attributes.plan === 'free').map((one) => one.external_id)).toEqual(['N15', 'N6']);
    expect(await getList(ctx, { id: listId })).toMatchObject({ subscribed: 0 });
  });

  it('is refused when its time is over', async () => {
    const ctx = await fresh();
    const id = await importText(ctx, people(0, 1));
    await pool()`update imports set undo_until = now() - interval '1 second' where id = ${id}`;
    await expect(undoImport(ctx, { id })).rejects.toMatchObject({ code: 'precondition' });
  });
});

describe('the sweep', () => {
  it('finds imports whose event was lost, until they are over', async () => {
    const ctx = await fresh();
    const id = await start(ctx, people(0, 3));
    const found = async (minutes: number) => {
      const stalled = await findStalledImports(minutes * 60_000);
      return stalled.some((one) => one.importId === id && one.workspaceId === ctx.workspaceId);
    };
    expect([await found(1), await found(3)]).toEqual([false, true]);
    await runToEnd(ctx, id);
    expect(await found(3)).toBe(false);
  });

  it('empties files a month after their last import, and no others', async () => {
    const ctx = await fresh();
    await importText(ctx, people(0, 3));
    const waiting = await upload(ctx, people(0, 3));
    const left = async () => {
      const rows = await pool()`select distinct upload_id from upload_chunks where workspace_id = ${ctx.workspaceId}`;
      return rows.length;
    };
    const days = (n: number) => new Date(Date.now() + n * 86_400_000);
    while ((await purgeUploads(days(29))).purged > 0);
    expect(await left()).toBe(2);
    const running = await startImport(ctx, {
      uploadId: waiting,
      mapping: [{ column: 'E-mail', target: { kind: 'field', field: 'email' } }],
    });
    while ((await purgeUploads(days(31))).purged > 0);
    expect(await left()).toBe(1);
    await runToEnd(ctx, running.id);
    while ((await purgeUploads(days(31))).purged > 0);
    expect(await left()).toBe(0);
  });
});
