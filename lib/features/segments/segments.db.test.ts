import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ctx } from '@/lib/context';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import type { Role } from '@/lib/domain/role';
import { MAX_RULE_CONDITIONS, type SegmentCondition, type SegmentNode, type SegmentRule } from '@/lib/domain/segment';
import { createContact } from '@/lib/features/contacts/create-contact';
import { defineAttribute } from '@/lib/features/contacts/define-attribute';
import { eraseContact } from '@/lib/features/contacts/erase-contact';
import { createList } from '@/lib/features/lists/create-list';
import { subscribeContacts } from '@/lib/features/lists/subscribe-contacts';
import { archiveSegment } from '@/lib/features/segments/archive-segment';
import { countSegment } from '@/lib/features/segments/count-segment';
import { createSegment } from '@/lib/features/segments/create-segment';
import { explainSegment } from '@/lib/features/segments/explain-segment';
import { getSegment } from '@/lib/features/segments/get-segment';
import { listSegments } from '@/lib/features/segments/list-segments';
import { sampleSegment } from '@/lib/features/segments/sample-segment';
import { updateSegment } from '@/lib/features/segments/update-segment';

let database: TestDatabase;
const as = (workspaceId: string, role: Role = 'marketer'): Ctx => ({
  workspaceId,
  actor: { type: 'user', userId: 'usr_1', name: 'Mei', role },
});
const ours = as('wsp_a');
const theirs = as('wsp_b');
const viewer = as('wsp_a', 'viewer');
const all = (...rules: SegmentNode[]): SegmentRule => ({ kind: 'group', match: 'all', rules });
const plan = (value: string): SegmentCondition => ({
  kind: 'attribute',
  key: 'plan',
  test: { type: 'text', op: 'equals', value },
});
const inSegment = (segmentId: string): SegmentCondition => ({ kind: 'segment', segmentId, is: 'in' });
let pro: string;
let free: string;
let listId: string;

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
  await pool()`insert into workspaces (id, name, slug) values ('wsp_a', 'A', 'a'), ('wsp_b', 'B', 'b')`;
  for (const ctx of [ours, theirs]) await defineAttribute(ctx, { label: 'Plan', type: 'text' });
  pro = (await createContact(ours, { externalId: 'P', attributes: { plan: 'pro' } })).id;
  free = (await createContact(ours, { externalId: 'F', attributes: { plan: 'free' } })).id;
  await createContact(theirs, { externalId: 'X', attributes: { plan: 'pro' } });
  listId = (await createList(ours, { name: 'News' })).id;
  await subscribeContacts(ours, { listId, contactIds: [pro, free], source: 'form' });
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

describe('a segment', () => {
  it('counts and samples people of its workspace only, without those who were erased', async () => {
    expect(await countSegment(viewer, { rule: all(plan('pro')) })).toEqual({ count: 1, isExact: true, total: 2 });
    const gone = await createContact(ours, { externalId: 'G', attributes: { plan: 'pro' } });
    expect(await countSegment(ours, { rule: all(plan('pro')) })).toEqual({ count: 2, isExact: true, total: 3 });
    await eraseContact(as('wsp_a', 'owner'), { contactId: gone.id, why: 'asked' });
    const { id } = await createSegment(ours, { name: 'Pros', rule: all(plan('pro')) });
    expect(await countSegment(ours, { id })).toEqual({ count: 1, isExact: true, total: 2 });
    const [first, ...others] = await sampleSegment(ours, { source: { id } });
    expect(first).toMatchObject({ id: pro, externalId: 'P', attributes: { plan: 'pro' } });
    expect(others).toEqual([]);
    await expect(countSegment(theirs, { id })).rejects.toMatchObject({ code: 'not_found' });
    await expect(countSegment(as('wsp_a', 'service_agent'), { id })).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('is described in a sentence', async () => {
    const rule = all(plan('pro'), { kind: 'list', listId, is: 'subscribed' });
    const { id } = await createSegment(ours, { name: 'Described', rule });
    const found = await getSegment(viewer, { id });
    expect(found.sentence).toBe('Plan is “pro” and is subscribed to the list “News”.');
    await expect(getSegment(theirs, { id })).rejects.toMatchObject({ code: 'not_found' });
    const names = (await listSegments(viewer, { search: 'DESC' })).items.map((one) => one.name);
    expect(names).toEqual(['Described']);
  });

  it('explains why somebody is in it or not, down to the segments it names', async () => {
    const { id } = await createSegment(ours, { name: 'Inner', rule: all(plan('pro')) });
    const rule = all(inSegment(id), { kind: 'group', match: 'none', rules: [{ kind: 'list', listId, is: 'not_on' }] });
    const agent = as('wsp_a', 'service_agent');
    expect(await explainSegment(agent, { source: { rule }, contactId: free })).toEqual({
      sentence: 'All of these hold',
      holds: false,
      parts: [
        {
          sentence: 'is in the segment “Inner”',
          holds: false,
          parts: [
            {
              sentence: 'All of these hold',
              holds: false,
              parts: [{ sentence: 'Plan is “pro”', holds: false, parts: [] }],
            },
          ],
        },
        {
          sentence: 'None of these holds',
          holds: true,
          parts: [{ sentence: 'is not on the list “News”', holds: false, parts: [] }],
        },
      ],
    });
    expect(await explainSegment(ours, { source: { rule }, contactId: pro })).toMatchObject({ holds: true });
    await expect(explainSegment(theirs, { source: { rule: all() }, contactId: pro })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('has a name of its own and one writer at a time', async () => {
    const { id } = await createSegment(ours, { name: 'Taken', rule: all() });
    await expect(createSegment(ours, { name: 'Taken', rule: all() })).rejects.toMatchObject({ code: 'conflict' });
    await expect(createSegment(theirs, { name: 'Taken', rule: all() })).resolves.toBeTruthy();
    await expect(createSegment(viewer, { name: 'Mine', rule: all() })).rejects.toMatchObject({ code: 'forbidden' });
    expect(await updateSegment(ours, { id, revision: 1, rule: all(plan('free')) })).toEqual({ revision: 2 });
    await expect(updateSegment(ours, { id, revision: 1, name: 'Late' })).rejects.toMatchObject({ code: 'conflict' });
    await expect(updateSegment(ours, { id, name: 'Pros' })).rejects.toMatchObject({ code: 'conflict' });
    await expect(updateSegment(theirs, { id, name: 'Theirs' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(updateSegment(viewer, { id, name: 'x' })).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('cannot contain itself, at any distance', async () => {
    const { id: a } = await createSegment(ours, { name: 'A', rule: all() });
    const { id: b } = await createSegment(ours, { name: 'B', rule: all(inSegment(a)) });
    const { id: c } = await createSegment(ours, { name: 'C', rule: all(inSegment(b)) });
    await expect(updateSegment(ours, { id: a, rule: all(inSegment(a)) })).rejects.toMatchObject({ code: 'invalid' });
    await expect(updateSegment(ours, { id: a, rule: all(inSegment(c)) })).rejects.toMatchObject({ code: 'invalid' });
    expect(await countSegment(ours, { id: c })).toMatchObject({ count: 2 });
  });

  it('names only what exists, with its type', async () => {
    const tried = (one: SegmentNode) => createSegment(ours, { name: 'Tried', rule: all(one) });
    const number: SegmentCondition = {
      kind: 'attribute',
      key: 'plan',
      test: { type: 'number', op: 'equals', value: 1 },
    };
    await expect(tried({ ...plan('x'), key: 'unheard_of' } as SegmentCondition)).rejects.toThrow(
      'no attribute “unheard_of”',
    );
    await expect(tried(number)).rejects.toThrow('is a text, not a number');
    await expect(tried({ kind: 'list', listId: 'lst_none', is: 'on' })).rejects.toThrow('no list lst_none');
    await expect(tried({ kind: 'behaviour', did: 'sent', happened: true, campaignId: 'cmp_x' })).rejects.toThrow(
      'no campaign',
    );
    await expect(tried(inSegment('seg_none'))).rejects.toMatchObject({ code: 'not_found' });
  });

  it('has a rule of limited depth and size, whatever is thrown at it', async () => {
    let deep: SegmentNode = plan('x');
    for (let n = 0; n < 5000; n++) deep = { kind: 'group', match: 'all', rules: [deep] };
    const wide = Array.from({ length: MAX_RULE_CONDITIONS + 1 }, () => plan('x'));
    await expect(countSegment(ours, { rule: all(deep) })).rejects.toMatchObject({ code: 'invalid' });
    await expect(countSegment(ours, { rule: all(...wide) })).rejects.toMatchObject({ code: 'invalid' });
    expect(await countSegment(ours, { rule: all(...wide.slice(0, 150)) })).toMatchObject({ count: 0 });
  });

  it('can be archived, once, and still serves what names it', async () => {
    const { id } = await createSegment(ours, { name: 'Old', rule: all(plan('pro')) });
    await expect(archiveSegment(theirs, { id })).rejects.toMatchObject({ code: 'not_found' });
    await archiveSegment(ours, { id });
    await archiveSegment(ours, { id });
    expect(await countSegment(ours, { rule: all(inSegment(id)) })).toMatchObject({ count: 1 });
    expect((await listSegments(ours, { archived: true })).items.map((one) => one.name)).toEqual(['Old']);
    await expect(updateSegment(ours, { id, name: 'New' })).rejects.toMatchObject({ code: 'not_found' });
  });
});
