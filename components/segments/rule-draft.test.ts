import { describe, expect, it } from 'vitest';
import type { SegmentRule } from '@/lib/domain/segment';
import { appendNode, duplicateNode, moveNode, removeNode, replaceNode, unwrapNode, wrapNode } from './edit-draft';
import { readDraft, readTest } from './read-draft';
import { type DraftGroup, draftOf, newTest, withOp } from './rule-draft';

const RULE: SegmentRule = {
  kind: 'group',
  match: 'all',
  rules: [
    { kind: 'attribute', key: 'plan', test: { type: 'text', op: 'in', values: ['Pro', 'Basic'] } },
    { kind: 'field', field: 'hard_bounces', test: { type: 'number', op: 'between', from: 1, to: 3 } },
    {
      kind: 'group',
      match: 'any',
      rules: [
        { kind: 'behaviour', did: 'opened', happened: false, withinDays: 30 },
        { kind: 'behaviour', did: 'clicked', happened: true, campaignId: 'cmp_1' },
        { kind: 'list', listId: 'lst_1', is: 'subscribed' },
      ],
    },
    { kind: 'segment', segmentId: 'seg_1', is: 'not_in' },
    { kind: 'attribute', key: 'vip', test: { type: 'boolean', op: 'is', value: true } },
    { kind: 'attribute', key: 'since', test: { type: 'date', op: 'more_than_days_ago', days: 90 } },
    { kind: 'attribute', key: 'tags', test: { type: 'tags', op: 'is_not_set' } },
  ],
};

function open(rule: SegmentRule): DraftGroup {
  const draft = draftOf(rule);
  if (draft.kind !== 'group') throw new Error('a rule is a group');
  return draft;
}

const keysOf = (group: DraftGroup) => group.rules.map(({ key }) => key);

describe('a rule opened for editing', () => {
  it('is the same rule when nothing was changed', () => {
    expect(readDraft(open(RULE))).toEqual({ rule: RULE, problems: {} });
  });
  it('has keys that server and browser agree on', () => {
    expect(open(RULE).rules[2]).toMatchObject({ key: 'rule.2', rules: [{ key: 'rule.2.0' }, {}, {}] });
  });
  it('is no rule while a line is not finished, and says which line and what is missing', () => {
    const draft = appendNode(open(RULE), 'rule.2', { key: 'x', kind: 'list', listId: '', is: 'on' });
    expect(readDraft(draft)).toEqual({ rule: null, problems: { x: 'Choose a list.' } });
  });
});

describe('a comparison that is typed', () => {
  const number = { ...newTest('number'), op: 'at_least' as const };
  it('reads numbers and dates as people write them', () => {
    expect(readTest({ ...number, value: ' 1,200.50 ' })).toEqual({ type: 'number', op: 'at_least', value: 1200.5 });
    expect(readTest({ ...newTest('date'), op: 'on', value: '2026-02-28' })).toMatchObject({ value: '2026-02-28' });
  });
  it('refuses what is no value of its type', () => {
    expect(readTest({ ...number, value: 'many' })).toBe('Give a number.');
    expect(readTest({ ...newTest('date'), op: 'on', value: '2026-02-30' })).toBe('Give a date.');
    expect(readTest({ ...number, op: 'between', from: '9', to: '1' })).toMatch(/larger/);
    expect(readTest({ ...newTest('date'), days: '-1' })).toBe('Give a number of days.');
    expect(readTest(newTest('text'))).toBe('Give at least one value.');
  });
  it('keeps what was typed when the comparison changes', () => {
    const many = withOp({ ...newTest('text'), op: 'equals', value: 'Pro' }, 'in');
    expect(many.values).toEqual(['Pro']);
    expect(withOp({ ...newTest('text'), values: ['A', 'B'] }, 'equals').value).toBe('A');
  });
});

describe('editing', () => {
  const root = open(RULE);
  it('removes, replaces and duplicates at any depth', () => {
    expect(keysOf(removeNode(root, 'rule.1'))).not.toContain('rule.1');
    const next = replaceNode(root, 'rule.2.1', { key: 'rule.2.1', kind: 'segment', segmentId: 's', is: 'in' });
    expect(next.rules[2]).toMatchObject({ rules: [{}, { kind: 'segment' }, {}] });
    const twice = duplicateNode(root, 'rule.2.0').rules[2];
    expect(twice?.kind === 'group' && new Set(keysOf(twice)).size).toBe(4);
  });
  it('moves a line among its neighbours and stops at the ends', () => {
    expect(keysOf(moveNode(root, 'rule.1', -1)).slice(0, 2)).toEqual(['rule.1', 'rule.0']);
    expect(moveNode(root, 'rule.0', -1)).toBe(root);
    expect(moveNode(root, 'rule.2.0', 1).rules[2]).toMatchObject({ rules: [{ key: 'rule.2.1' }, {}, {}] });
  });
  it('puts a line into a group and takes the group away again', () => {
    const wrapped = wrapNode(root, 'rule.0');
    const group = wrapped.rules[0];
    expect(group).toMatchObject({ kind: 'group', rules: [{ key: 'rule.0' }] });
    expect(keysOf(unwrapNode(wrapped, group?.key ?? ''))).toEqual(keysOf(root));
  });
  it('leaves the tree itself alone when nothing fits', () => {
    expect(removeNode(root, 'nothing')).toBe(root);
  });
});
