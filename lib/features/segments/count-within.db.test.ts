import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemCtx } from '@/lib/context';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import type { SegmentCondition, SegmentRule } from '@/lib/domain/segment';
import { countWithin } from '@/lib/features/segments/count-within';

const PEOPLE = 40_000;
const ctx = systemCtx('wsp_a', 'test');
let database: TestDatabase;

const named = (value: string): SegmentCondition => ({
  kind: 'field',
  field: 'last_name',
  test: { type: 'text', op: 'contains', value },
});
/** Three of ten, found out by many conditions each of which looks into every name. */
const slow: SegmentRule = {
  kind: 'group',
  match: 'any',
  rules: ['one', 'two', 'three', ...Array.from({ length: 100 }, (_, n) => `nobody ${n}`)].map(named),
};

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
  const sql = pool();
  await sql`insert into workspaces (id, name, slug) values ('wsp_a', 'A', 'a'), ('wsp_b', 'B', 'b')`;
  await sql`insert into contacts (id, workspace_id, last_name)
    select 'con_' || lpad(n::text, 8, '0'), case when n <= ${PEOPLE} then 'wsp_a' else 'wsp_b' end,
      (array['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'])[1 + n % 10]
    from generate_series(1, ${PEOPLE + 5000}::int) n`;
  await sql`vacuum analyze contacts`;
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

describe('a count with little time', () => {
  it('is exact in a workspace that is not large, however long it takes', async () => {
    const found = await countWithin(ctx, { rule: slow }, new Date(), 1);
    expect(found).toEqual({ count: PEOPLE * 0.3, isExact: true, total: PEOPLE });
  });
  it('is an estimate, marked as one and close to the truth, where it would take too long', async () => {
    const found = await countWithin(ctx, { rule: slow }, new Date(), 1, true);
    expect(found).toMatchObject({ isExact: false, total: PEOPLE });
    expect(found.count).toBeGreaterThan(PEOPLE * 0.27);
    expect(found.count).toBeLessThan(PEOPLE * 0.33);
    expect(await countWithin(ctx, { rule: slow }, new Date(), 1, true)).toEqual(found);
  });
  it('is exact in time, or where it is asked to the end', async () => {
    const quick: SegmentRule = { kind: 'group', match: 'all', rules: [named('one')] };
    const exactly = { isExact: true, total: PEOPLE };
    expect(await countWithin(ctx, { rule: quick }, new Date(), 10_000, true)).toEqual({
      count: PEOPLE * 0.1,
      ...exactly,
    });
    expect(await countWithin(ctx, { rule: slow }, new Date(), null, true)).toEqual({ count: PEOPLE * 0.3, ...exactly });
  });
});
