import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ctx } from '@/lib/context';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { addSuppression } from '@/lib/features/suppressions/add-suppression';
import { exportSuppressions } from '@/lib/features/suppressions/export-suppressions';
import { importSuppressions } from '@/lib/features/suppressions/import-suppressions';
import { listSuppressions } from '@/lib/features/suppressions/list-suppressions';
import { removeSuppression } from '@/lib/features/suppressions/remove-suppression';

let database: TestDatabase;
const as = (workspaceId: string, role: 'marketer' | 'viewer' = 'marketer'): Ctx => ({
  workspaceId,
  actor: { type: 'user', userId: 'usr_1', name: 'Mei', role },
});
const ours = as('wsp_a');
const theirs = as('wsp_b');

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
  await pool()`
    insert into workspaces (id, name, slug, settings) values
      ('wsp_a', 'A', 'a', '{"defaultCountry":"SG"}'), ('wsp_b', 'B', 'b', '{}')`;
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

async function textOf(lines: AsyncGenerator<string>): Promise<string> {
  let text = '';
  for await (const line of lines) text += line;
  return text;
}

describe('suppressions', () => {
  it('hold an address once, however it is written', async () => {
    const first = await addSuppression(ours, { channel: 'email', address: 'Stop@Example.com', reason: 'complaint' });
    const again = await addSuppression(ours, { channel: 'email', address: ' stop@example.com ' });
    expect([first.added, again.added]).toEqual([true, false]);
    expect(again.id).toBe(first.id);
    await addSuppression(ours, { channel: 'sms', address: '9123 4567' });
    const { items } = await listSuppressions(ours, { search: '+65 91234567' });
    expect(items).toMatchObject([{ channel: 'sms', address: '+6591234567' }]);
    expect((await listSuppressions(ours, { search: 'stop@e' })).items).toMatchObject([{ reason: 'complaint' }]);
    expect((await listSuppressions(theirs)).items).toEqual([]);
  });

  it('refuse what is no address and who may not', async () => {
    await expect(addSuppression(ours, { channel: 'email', address: 'nope' })).rejects.toMatchObject({
      code: 'invalid',
    });
    await expect(
      addSuppression(as('wsp_a', 'viewer'), { channel: 'email', address: 'a@b.example' }),
    ).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(exportSuppressions(as('wsp_a', 'viewer'))).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('can be taken back with a reason, but not for erased people', async () => {
    const { id } = await addSuppression(ours, { channel: 'email', address: 'back@example.com' });
    await expect(removeSuppression(theirs, { id, why: 'x' })).rejects.toMatchObject({ code: 'not_found' });
    await removeSuppression(ours, { id, why: 'typed by mistake' });
    await expect(removeSuppression(ours, { id, why: 'twice' })).rejects.toMatchObject({ code: 'not_found' });
    await pool()`
      insert into suppressions (id, workspace_id, channel, address_hash, reason, source)
      values ('sup_e', 'wsp_a', 'email', 'h', 'erased', 'erasure')`;
    await expect(removeSuppression(ours, { id: 'sup_e', why: 'x' })).rejects.toMatchObject({ code: 'precondition' });
  });

  it('come in as a file and go out as one that comes in again', async () => {
    const text = 'Email,Note\r\none@example.com,a\r\n"two@example.com",b\r\nnot an address,c\r\nONE@example.com,d\r\n';
    expect(await importSuppressions(ours, { channel: 'email', text })).toMatchObject({
      added: 2,
      known: 0,
      rejectedCount: 1,
      rejected: [{ row: 4, text: 'not an address' }],
    });
    expect(await importSuppressions(ours, { channel: 'email', text })).toMatchObject({ added: 0, known: 2 });
    const { lines } = await exportSuppressions(ours, { channel: 'email' });
    const exported = await textOf(lines);
    expect(exported).toContain('email,one@example.com,manual,import,');
    const there = await importSuppressions(theirs, { channel: 'email', text: exported });
    expect(there).toMatchObject({ rejectedCount: 0, known: 0 });
    await expect(importSuppressions(ours, { channel: 'email', text: '"a@b.example' })).rejects.toMatchObject({
      code: 'invalid',
    });
    await expect(importSuppressions(ours, { channel: 'email', text: '' })).rejects.toMatchObject({ code: 'invalid' });
  });
});
