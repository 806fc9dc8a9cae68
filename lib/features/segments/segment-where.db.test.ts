import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import {
  BEHAVIOURS,
  type SegmentCondition,
  type SegmentNode,
  type SegmentRule,
  segmentRuleSchema,
} from '@/lib/domain/segment';
import type { ValueTest } from '@/lib/domain/value-test';
import { matches, type ReferenceContact } from '@/lib/features/segments/reference-evaluator';
import { compileSegment, segmentJoins, segmentWhere } from '@/lib/features/segments/segment-where';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const DAY_MS = 86_400_000;
const WORDS = ['', 'pro', 'Pro 30', "o'brien", '100%', 'a_b', '\\', 'ünïcode', '"', '{"k":1}', '名前', '2026-11-20'];
const NUMBERS = [0, -1, 5, 5.5, 100, 1e9, 0.1];
const DATES = ['2026-11-20', '2026-11-21', '2026-11-22', '2025-01-01', '2026-12-31', '2024-02-29'];
const KEYS = ['plan', 'spend', 'vip', 'ends', 'tags'];
const LISTS = ['lst_1', 'lst_2'];
const CAMPAIGNS = ['cmp_1', 'cmp_2'];

const word = fc.constantFrom(...WORDS);
const number = fc.constantFrom(...NUMBERS);
const date = fc.constantFrom(...DATES);
const days = fc.constantFrom(0, 1, 2, 30, 400);
const some = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 1, maxLength: 3 });
const presence = fc.constantFrom('is_set' as const, 'is_not_set' as const);

const textTest: fc.Arbitrary<ValueTest> = fc.oneof(
  fc.record({
    type: fc.constant('text' as const),
    op: fc.constantFrom('equals', 'not_equals', 'contains', 'not_contains', 'starts_with', 'ends_with'),
    value: word,
  }),
  fc.record({ type: fc.constant('text' as const), op: fc.constantFrom('in', 'not_in'), values: some(word) }),
  fc.record({ type: fc.constant('text' as const), op: presence }),
);
const numberTest: fc.Arbitrary<ValueTest> = fc.oneof(
  fc.record({
    type: fc.constant('number' as const),
    op: fc.constantFrom('equals', 'not_equals', 'greater_than', 'at_least', 'less_than', 'at_most'),
    value: number,
  }),
  fc.record({ type: fc.constant('number' as const), op: fc.constant('between' as const), from: number, to: number }),
  fc.record({ type: fc.constant('number' as const), op: presence }),
);
const booleanTest: fc.Arbitrary<ValueTest> = fc.oneof(
  fc.record({ type: fc.constant('boolean' as const), op: fc.constant('is' as const), value: fc.boolean() }),
  fc.record({ type: fc.constant('boolean' as const), op: presence }),
);
const dateTest: fc.Arbitrary<ValueTest> = fc.oneof(
  fc.record({
    type: fc.constant('date' as const),
    op: fc.constantFrom('on', 'not_on', 'before', 'after'),
    value: date,
  }),
  fc.record({ type: fc.constant('date' as const), op: fc.constant('between' as const), from: date, to: date }),
  fc.record({
    type: fc.constant('date' as const),
    op: fc.constantFrom('in_last_days', 'in_next_days', 'more_than_days_ago'),
    days,
  }),
  fc.record({ type: fc.constant('date' as const), op: presence }),
);
const tagsTest: fc.Arbitrary<ValueTest> = fc.oneof(
  fc.record({ type: fc.constant('tags' as const), op: fc.constantFrom('has', 'has_not'), value: word }),
  fc.record({ type: fc.constant('tags' as const), op: fc.constantFrom('has_any', 'has_all'), values: some(word) }),
  fc.record({ type: fc.constant('tags' as const), op: presence }),
);

const condition: fc.Arbitrary<SegmentCondition> = fc.oneof(
  fc.record({
    kind: fc.constant('field' as const),
    field: fc.constantFrom('first_name', 'last_name', 'language', 'external_id', 'email'),
    test: textTest,
  }),
  fc.record({
    kind: fc.constant('field' as const),
    field: fc.constantFrom('do_not_market', 'email_opted_out'),
    test: booleanTest.filter((test) => test.op === 'is'),
  }),
  fc.record({
    kind: fc.constant('field' as const),
    field: fc.constantFrom('hard_bounces', 'soft_bounces'),
    test: numberTest,
  }),
  fc.record({ kind: fc.constant('field' as const), field: fc.constant('created_at' as const), test: dateTest }),
  fc.record({
    kind: fc.constant('attribute' as const),
    key: fc.constantFrom(...KEYS),
    test: fc.oneof(textTest, numberTest, booleanTest, dateTest, tagsTest),
  }),
  fc.record({
    kind: fc.constant('list' as const),
    listId: fc.constantFrom(...LISTS),
    is: fc.constantFrom('subscribed', 'unsubscribed', 'pending', 'on', 'not_on'),
  }),
  fc.record(
    {
      kind: fc.constant('behaviour' as const),
      did: fc.constant('sent' as const),
      happened: fc.boolean(),
      campaignId: fc.constantFrom(...CAMPAIGNS),
      withinDays: fc.constantFrom(1, 30),
    },
    { requiredKeys: ['kind', 'did', 'happened'] },
  ),
  fc.record({
    kind: fc.constant('segment' as const),
    segmentId: fc.constantFrom('seg_1', 'seg_2'),
    is: fc.constantFrom('in', 'not_in'),
  }),
);

const plain = condition.filter((one) => one.kind !== 'segment');
const group = (inner: fc.Arbitrary<SegmentNode>): fc.Arbitrary<SegmentRule> =>
  fc.record({
    kind: fc.constant('group' as const),
    match: fc.constantFrom('all', 'any', 'none'),
    rules: fc.array(inner, { maxLength: 4 }),
  });
const rule = group(fc.oneof(condition, group(fc.oneof(condition, group(condition)))));

const contact: fc.Arbitrary<ReferenceContact> = fc.record({
  fields: fc.record({
    first_name: fc.option(word),
    last_name: fc.option(word),
    language: fc.option(fc.constantFrom('en', 'zh')),
    email: fc.option(word.map((text) => text.toLowerCase())),
    do_not_market: fc.boolean(),
    email_opted_out: fc.boolean(),
    hard_bounces: fc.constantFrom(0, 1, 5),
    soft_bounces: fc.constantFrom(0, 100),
    created_at: date,
  }),
  attributes: fc.dictionary(
    fc.constantFrom(...KEYS),
    fc.oneof(word, number, fc.boolean(), date, fc.array(word, { maxLength: 3 }), fc.constant(null)),
    { noNullPrototype: true },
  ),
  lists: fc.dictionary(fc.constantFrom(...LISTS), fc.constantFrom('subscribed', 'unsubscribed', 'pending'), {
    noNullPrototype: true,
  }),
  sent: fc.array(
    fc.record({ campaignId: fc.constantFrom(...CAMPAIGNS), at: days.map((n) => NOW - n * DAY_MS + 1000) }),
    { maxLength: 2 },
  ),
});

let database: TestDatabase;
const people: ReferenceContact[] = fc.sample(contact, { numRuns: 300, seed: 7 });

async function store(person: ReferenceContact, n: number): Promise<void> {
  const sql = pool();
  const { fields } = person;
  fields.external_id = n % 2 ? `x${n}` : null;
  const id = `con_${n}`;
  await sql`
    insert into contacts (id, workspace_id, external_id, email, first_name, last_name, language, do_not_market, hard_bounces,
      soft_bounces, email_opted_out_at, created_at, attributes)
    values (${id}, 'wsp_a', ${fields.external_id}, ${fields.email ?? null}, ${fields.first_name ?? null}, ${fields.last_name ?? null},
      ${fields.language ?? null}, ${fields.do_not_market === true}, ${Number(fields.hard_bounces)},
      ${Number(fields.soft_bounces)}, ${fields.email_opted_out ? new Date(NOW) : null},
      ${new Date(`${fields.created_at}T05:00:00Z`)}, ${JSON.stringify(person.attributes)}::text::jsonb)`;
  for (const [listId, status] of Object.entries(person.lists)) {
    await sql`insert into subscriptions (workspace_id, list_id, contact_id, status, source)
              values ('wsp_a', ${listId}, ${id}, ${status}, 'test')`;
  }
  for (const [step, { campaignId, at }] of person.sent.entries()) {
    await sql`
      insert into deliveries (workspace_id, run_id, step, contact_id, batch_id, state, settled_at, history_id)
      values ('wsp_a', ${`run_${campaignId}`}, ${step}, ${id}, 1, 'accepted', ${new Date(at)}, nextval('interactions_id_seq'))`;
  }
}

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
  const sql = pool();
  await sql`insert into workspaces (id, name, slug) values ('wsp_a', 'A', 'a')`;
  for (const id of LISTS) await sql`insert into lists (id, workspace_id, name) values (${id}, 'wsp_a', ${id})`;
  for (const id of CAMPAIGNS) {
    await sql`insert into campaigns (id, workspace_id, name, draft, created_by) values (${id}, 'wsp_a', ${id}, '{}', 'x')`;
    await sql`insert into campaign_versions (id, workspace_id, campaign_id, number, frozen, outline, content_sha256, created_by)
              values (${`ver_${id}`}, 'wsp_a', ${id}, 1, '{}', '{}', '', 'x')`;
    await sql`insert into runs (id, workspace_id, campaign_id, version_id, occurrence_key, name, status, base_url, launched_by)
              values (${`run_${id}`}, 'wsp_a', ${id}, ${`ver_${id}`}, '1', 'r', 'sending', 'http://x', '{}')`;
  }
  for (const [n, person] of people.entries()) await store(person, n);
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

async function matching(wanted: SegmentRule, rules: Record<string, unknown> = {}): Promise<string[]> {
  const sql = pool();
  const options = { workspaceId: 'wsp_a', now: new Date(NOW), rules };
  const rows = await sql<{ id: string }[]>`
    select c.id from contacts c where c.workspace_id = ${'wsp_a'} and (${segmentWhere(sql, wanted, options)}) and c.id > ${''}
    order by c.id`;
  const found = rows.map((row) => row.id);
  const all = segmentJoins(sql, wanted, options);
  const joined = await sql<{ id: string }[]>`
    select c.id from contacts c ${all.joins} where c.workspace_id = ${'wsp_a'} and ${all.where} order by c.id`;
  expect(joined.map((row) => row.id)).toEqual(found);
  return found;
}

describe('a compiled rule', () => {
  it('selects exactly the contacts that the plain meaning of the rule selects', async () => {
    await fc.assert(
      fc.asyncProperty(rule, group(plain), group(plain), async (wanted, seg1, seg2) => {
        const rules = { seg_1: seg1, seg_2: seg2 };
        const parsed = segmentRuleSchema.parse(wanted);
        const expected = people.flatMap((person, n) =>
          matches(parsed, person, { nowMs: NOW, rules }) ? [`con_${n}`] : [],
        );
        expect(await matching(parsed, rules)).toEqual(expected.sort());
      }),
      { numRuns: 400 },
    );
  });

  it('keeps what a person wrote out of the SQL text', () => {
    fc.assert(
      fc.property(rule, fc.string({ minLength: 3 }), (wanted, poison) => {
        const rules: SegmentNode[] = [
          ...wanted.rules,
          { kind: 'attribute', key: 'plan', test: { type: 'text', op: 'equals', value: `'${poison}` } },
          { kind: 'field', field: 'first_name', test: { type: 'text', op: 'contains', value: `'${poison}` } },
          { kind: 'list', listId: `'${poison}`, is: 'on' },
        ];
        const seg = { kind: 'group' as const, match: 'all' as const, rules: [] };
        const options = { workspaceId: 'wsp_a', now: new Date(NOW), rules: { seg_1: seg, seg_2: seg } };
        const { text, params } = compileSegment({ kind: 'group', match: 'all', rules }, options);
        expect(text).not.toContain(`'${poison}`);
        expect(text.match(/\$\d+/g)?.length).toBe(params.length);
      }),
    );
  });

  it.each(BEHAVIOURS)('can ask whether a contact %s', async (did) => {
    const asked = (happened: boolean): SegmentRule => ({
      kind: 'group',
      match: 'all',
      rules: [{ kind: 'behaviour', did, happened, campaignId: 'cmp_1', withinDays: 5 }],
    });
    const [yes, no] = [await matching(asked(true)), await matching(asked(false))];
    expect(yes.length + no.length).toBe(people.length);
  });

  it('takes long lists of values as one', async () => {
    const values = Array.from({ length: 300 }, (_, n) => (n === 7 ? 'pro' : `value ${n}`));
    const wanted: SegmentRule = {
      kind: 'group',
      match: 'all',
      rules: [{ kind: 'attribute', key: 'plan', test: { type: 'text', op: 'in', values } }],
    };
    const expected = people.flatMap(({ attributes }, n) => (attributes.plan === 'pro' ? [`con_${n}`] : []));
    expect(await matching(wanted)).toEqual(expected.sort());
  });

  it('refuses a segment that contains itself and one that is gone', () => {
    const naming = (segmentId: string): SegmentRule => ({
      kind: 'group',
      match: 'all',
      rules: [{ kind: 'segment', segmentId, is: 'in' }],
    });
    const compile = (rules: Record<string, unknown>) =>
      compileSegment(naming('seg_1'), { workspaceId: 'wsp_a', now: new Date(NOW), rules });
    expect(() => compile({ seg_1: naming('seg_2'), seg_2: naming('seg_1') })).toThrow('contain itself');
    expect(() => compile({})).toThrow('does not exist any more');
  });
});
