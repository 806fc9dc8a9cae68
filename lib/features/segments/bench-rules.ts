import type { SegmentCondition, SegmentNode, SegmentRule } from '@/lib/domain/segment';

/** Half of the people are on it, one in ten of all is not subscribed any more. */
export const LIST = 'lst_bench';
/** Six of ten. */
export const WIDE_LIST = 'lst_wide';

const text = (key: string, value: string): SegmentCondition => {
  return { kind: 'attribute', key, test: { type: 'text', op: 'equals', value } };
};
const all = (...rules: SegmentNode[]): SegmentRule => ({ kind: 'group', match: 'all', rules });
const any = (...rules: SegmentNode[]): SegmentRule => ({ kind: 'group', match: 'any', rules });
const none = (...rules: SegmentNode[]): SegmentRule => ({ kind: 'group', match: 'none', rules });
const points = (op: 'greater_than' | 'less_than', value: number): SegmentCondition => {
  return { kind: 'attribute', key: 'points', test: { type: 'number', op, value } };
};
const onList: SegmentCondition = { kind: 'list', listId: LIST, is: 'subscribed' };
const onWide: SegmentCondition = { kind: 'list', listId: WIDE_LIST, is: 'subscribed' };
const notOn = (listId: string): SegmentCondition => ({ kind: 'list', listId, is: 'not_on' });
const active: SegmentCondition = { kind: 'attribute', key: 'active', test: { type: 'boolean', op: 'is', value: true } };
const opened: SegmentCondition = { kind: 'behaviour', did: 'opened', happened: true };
const emailHas = (value: string): SegmentCondition => {
  return { kind: 'field', field: 'email', test: { type: 'text', op: 'contains', value } };
};
const cityHas = (value: string): SegmentCondition => {
  return { kind: 'attribute', key: 'city', test: { type: 'text', op: 'contains', value } };
};
const sent = (happened: boolean, withinDays?: number): SegmentCondition => {
  return { kind: 'behaviour', did: 'sent', happened, ...(withinDays ? { withinDays } : {}) };
};
const soon: SegmentCondition = { kind: 'attribute', key: 'ends', test: { type: 'date', op: 'in_next_days', days: 30 } };
const startsWith = (value: string): SegmentCondition => {
  return { kind: 'field', field: 'email', test: { type: 'text', op: 'starts_with', value } };
};

export const RULES: { name: string; selective: boolean; rule: SegmentRule }[] = [
  { name: 'city (0.1 %)', selective: true, rule: all(text('city', 'City 5')) },
  {
    name: 'country and plan (0.5 %)',
    selective: true,
    rule: all(text('country', 'Country 3'), text('plan', 'Plan 2')),
  },
  {
    name: 'tag and points (0.2 %)',
    selective: true,
    rule: all(
      { kind: 'attribute', key: 'tags', test: { type: 'tags', op: 'has', value: 't7' } },
      points('greater_than', 9500),
    ),
  },
  {
    name: 'plan and on the list and not sent (4 %)',
    selective: false,
    rule: all(text('plan', 'Plan 4'), onList, sent(false, 30)),
  },
  {
    name: 'either of two cities, not VIP',
    selective: true,
    rule: all(
      any(text('city', 'City 1'), text('city', 'City 2')),
      none({ kind: 'attribute', key: 'vip', test: { type: 'boolean', op: 'is', value: true } }),
    ),
  },
  { name: 'plan (10 %)', selective: false, rule: all(text('plan', 'Plan 1')) },
  { name: 'points over 9,500 (5 %)', selective: false, rule: all(points('greater_than', 9500)) },
  { name: 'contract ends within 30 days', selective: false, rule: all(soon) },
  { name: 'not one country (95 %)', selective: false, rule: none(text('country', 'Country 3')) },
  { name: 'email starts with user12', selective: false, rule: all(startsWith('user12')) },
  { name: 'on the list (40 %)', selective: false, rule: all(onList) },
  { name: 'sent in the last 30 days (6 %)', selective: false, rule: all(sent(true, 30)) },
  { name: 'never sent (80 %)', selective: false, rule: all(sent(false)) },
  {
    name: 'on the list or many points, not sent',
    selective: false,
    rule: all(any(onList, points('greater_than', 9000)), none(sent(true, 30))),
  },
  {
    name: 'of two lists (50 %, 60 %) either, not sent',
    selective: false,
    rule: all(any(onList, onWide), none(sent(true))),
  },
  { name: 'on both lists or active (50 %)', selective: false, rule: any(all(onList, onWide), active) },
  {
    name: 'active or opened (30 %) or on a list, none of another',
    selective: false,
    rule: all(any(active, opened, onList), notOn(WIDE_LIST)),
  },
  {
    name: 'none of list, opened, sent; or points and active',
    selective: false,
    rule: any(none(onWide, opened, sent(true)), all(points('less_than', 5000), active)),
  },
  { name: 'opened or sent or active', selective: false, rule: any(opened, sent(true), active) },
  {
    name: 'two texts within, either, or on the list',
    selective: false,
    rule: any(emailHas('99'), cityHas('7'), onList),
  },
  {
    name: 'many points or not opened, on the wide list',
    selective: false,
    rule: all(onWide, any(points('greater_than', 5000), none(opened))),
  },
  {
    name: 'twice any of two, none of two',
    selective: false,
    rule: all(any(active, onList), any(opened, onWide), none(all(sent(true, 30), text('plan', 'Plan 1')), soon)),
  },
];
