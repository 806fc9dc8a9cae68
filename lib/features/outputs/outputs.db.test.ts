import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ctx } from '@/lib/context';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { archiveOutputTable } from '@/lib/features/outputs/archive-output-table';
import { countOutputRows } from '@/lib/features/outputs/count-output-rows';
import { createOutputTable } from '@/lib/features/outputs/create-output-table';
import { getOutputTable } from '@/lib/features/outputs/get-output-table';
import { listOutputRows } from '@/lib/features/outputs/list-output-rows';
import { listOutputRuns } from '@/lib/features/outputs/list-output-runs';
import { listOutputTables } from '@/lib/features/outputs/list-output-tables';
import { outputCsv } from '@/lib/features/outputs/output-csv';
import { updateOutputTable } from '@/lib/features/outputs/update-output-table';

let database: TestDatabase;
const as = (workspaceId: string, role: 'marketer' | 'viewer' = 'marketer'): Ctx => ({
  workspaceId,
  actor: { type: 'user', userId: 'usr_1', name: 'Mei', role },
});
const ours = as('wsp_a');

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
  await pool()`insert into workspaces (id, name, slug) values ('wsp_a', 'A', 'a'), ('wsp_b', 'B', 'b')`;
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

async function insertRows(tableId: string, runId: string, count: number): Promise<void> {
  await pool()`
    insert into output_rows (workspace_id, output_table_id, run_id, step, contact_id, values)
    select 'wsp_a', ${tableId}, ${runId}, 1, 'con_' || lpad(n::text, 5, '0'),
           jsonb_build_object('name', case n when 1 then '=HYPERLINK("http://evil")' else 'Tan "' || n || '", Ah' end, 'plan', n)
    from generate_series(1, ${count}::int) n`;
}

describe('output tables', () => {
  it('have a stable name that is unique in the workspace and free in another', async () => {
    const { slug } = await createOutputTable(ours, { name: 'Phone launch, reached!' });
    expect(slug).toBe('phone_launch_reached');
    await expect(createOutputTable(ours, { name: 'Phone launch reached' })).rejects.toMatchObject({ code: 'conflict' });
    await expect(createOutputTable(as('wsp_b'), { name: 'Phone launch reached' })).resolves.toMatchObject({ slug });
    await expect(createOutputTable(as('wsp_a', 'viewer'), { name: 'x' })).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('list their rows in pages that together hold every row once', async () => {
    const { id } = await createOutputTable(ours, { name: 'Paged', columns: ['name'] });
    await insertRows(id, 'run_1', 25);
    await insertRows(id, 'run_2', 25);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listOutputRows(ours, { table: 'paged', limit: 7, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items.map((row) => `${row.runId}/${row.contactId}`));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(new Set(seen).size).toBe(50);
    expect(seen).toHaveLength(50);
    expect(seen[0]).toMatch(/^run_2/);
    expect(await countOutputRows(ours, id)).toEqual({ rows: 50, isMore: false });
    expect(await countOutputRows(ours, id, 40)).toEqual({ rows: 40, isMore: true });
    await expect(listOutputRows(as('wsp_b'), { table: id })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('know the runs that wrote into them, newest first, however many rows each wrote', async () => {
    const { id } = await createOutputTable(ours, { name: 'From runs' });
    for (const run of ['run_5', 'run_3', 'run_4']) await insertRows(id, run, 30);
    expect(await listOutputRuns(ours, 'from_runs')).toEqual([
      { id: 'run_5', name: 'run_5' },
      { id: 'run_4', name: 'run_4' },
      { id: 'run_3', name: 'run_3' },
    ]);
    const { id: empty } = await createOutputTable(ours, { name: 'From none' });
    expect(await listOutputRuns(ours, empty)).toEqual([]);
    await expect(listOutputRuns(as('wsp_b'), id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('export every row as CSV in which no cell starts a formula', async () => {
    const { id } = await createOutputTable(ours, { name: 'Exported', columns: ['name', 'plan'] });
    await insertRows(id, 'run_1', 4100);
    const { fileName, lines } = await outputCsv(ours, { table: id });
    let text = '';
    for await (const part of lines) text += part;
    const rows = parse(text, { columns: true }) as Record<string, string>[];
    expect(fileName).toBe('exported.csv');
    expect(rows).toHaveLength(4100);
    expect(rows[0]).toMatchObject({ run_id: 'run_1', step: '2', name: `'=HYPERLINK("http://evil")`, plan: '1' });
    expect(rows[1]?.name).toBe('Tan "2", Ah');
    await expect(outputCsv(as('wsp_a', 'viewer'), { table: id })).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('keep their rows when renamed and archived', async () => {
    const { id } = await createOutputTable(ours, { name: 'Old' });
    await insertRows(id, 'run_9', 2);
    await updateOutputTable(ours, { id, name: 'New', columns: ['plan'] });
    await archiveOutputTable(ours, id);
    await expect(archiveOutputTable(ours, id)).rejects.toMatchObject({ code: 'not_found' });
    expect(await getOutputTable(ours, 'old')).toMatchObject({ name: 'New', columns: ['plan'] });
    expect((await listOutputTables(ours)).at(-1)).toMatchObject({ id, lastRunId: 'run_9' });
  });
});
