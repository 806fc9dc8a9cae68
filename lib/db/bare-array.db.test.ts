import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sparseArray, textArray } from '@/lib/db/bare-array';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

// what no text column takes is taken out before
const text = fc.string({ unit: 'grapheme' }).map((value) => value.replaceAll('\0', ''));
const odd = fc.constantFrom('null', 'NULL', '', '"', '\\', '{}', ',', ' a ', 'a"b\\c', '\n\r\t', '\\N', "o'clock");

describe('arrays written as text', () => {
  it('are read by PostgreSQL value by value, with nulls at their end and in between', async () => {
    const rows = fc.array(fc.record({ n: fc.option(fc.integer()), t: fc.option(fc.oneof(text, odd)) }), {
      minLength: 1,
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(rows, async (wanted) => {
        const ids = sparseArray(wanted.map((_, i) => i));
        const read = await pool()`
          select n, t from unnest(${ids}::int[], ${sparseArray(wanted.map(({ n }) => n))}::int[], ${textArray(wanted.map(({ t }) => t))}::text[])
            as x(i, n, t) order by i`;
        expect([...read]).toEqual(wanted);
      }),
      { numRuns: 200 },
    );
  });
});
