import type { AttributeType } from '@/lib/domain/attribute';
import type { Behaviour, LIST_STATES, SegmentCondition, SegmentField, SegmentNode } from '@/lib/domain/segment';
import { OPS_BY_TYPE, type TestOp, type ValueTest } from '@/lib/domain/value-test';

/** A comparison while it is typed: every value is text, and any of them may be missing or wrong. */
export interface DraftTest {
  type: AttributeType;
  op: TestOp;
  value: string;
  values: string[];
  from: string;
  to: string;
  days: string;
}

export type DraftCondition = { key: string } & (
  | { kind: 'field'; field: SegmentField; test: DraftTest }
  | { kind: 'attribute'; attribute: string; test: DraftTest }
  | { kind: 'list'; listId: string; is: (typeof LIST_STATES)[number] }
  | { kind: 'behaviour'; did: Behaviour; happened: boolean; campaignId: string; withinDays: string }
  | { kind: 'segment'; segmentId: string; is: 'in' | 'not_in' }
);

export interface DraftGroup {
  key: string;
  kind: 'group';
  match: 'all' | 'any' | 'none';
  rules: DraftNode[];
}

export type DraftNode = DraftGroup | DraftCondition;

let lastKey = 0;

/** A key for something that a person adds; what was loaded is keyed by its place, so that server and browser agree. */
export function newKey(): string {
  lastKey += 1;
  return `new-${lastKey}`;
}

const EMPTY = { value: '', values: [] as string[], from: '', to: '', days: '' };

/** The tests that a value of this type can be put to, the most usual first. */
export function opsOf(type: AttributeType): TestOp[] {
  return [...OPS_BY_TYPE[type], 'is_set', 'is_not_set'];
}

export function newTest(type: AttributeType): DraftTest {
  const usual: Record<AttributeType, Partial<DraftTest>> = {
    text: { op: 'in' },
    number: { op: 'at_least' },
    boolean: { op: 'is', value: 'yes' },
    date: { op: 'in_last_days', days: '30' },
    tags: { op: 'has_any' },
  };
  return { type, ...EMPTY, op: 'is_set', ...usual[type] };
}

/** Another comparison of the same value; what was typed goes along where it still fits. */
export function withOp(test: DraftTest, op: TestOp): DraftTest {
  const took = takes(test.op);
  const needs = takes(op);
  const next = { ...test, op };
  if (took === 'one' && needs === 'many' && test.value.trim() && test.values.length === 0) {
    next.values = [test.value.trim()];
  }
  if (took === 'many' && needs === 'one' && !test.value) next.value = test.values[0] ?? '';
  return next;
}

/** How many values a comparison is made with, and of what kind. */
export function takes(op: TestOp): 'none' | 'one' | 'many' | 'range' | 'days' {
  if (op === 'is_set' || op === 'is_not_set') return 'none';
  if (op === 'between') return 'range';
  if (op === 'in_last_days' || op === 'in_next_days' || op === 'more_than_days_ago') return 'days';
  return op === 'in' || op === 'not_in' || op === 'has_any' || op === 'has_all' ? 'many' : 'one';
}

function draftTest(test: ValueTest): DraftTest {
  const draft: DraftTest = { type: test.type, op: test.op, ...EMPTY };
  if ('values' in test) return { ...draft, values: [...test.values] };
  if ('days' in test) return { ...draft, days: String(test.days) };
  if ('from' in test) return { ...draft, from: String(test.from), to: String(test.to) };
  if (!('value' in test)) return draft;
  if (typeof test.value === 'boolean') return { ...draft, value: test.value ? 'yes' : 'no' };
  return { ...draft, value: String(test.value) };
}

function draftCondition(condition: SegmentCondition, key: string): DraftCondition {
  switch (condition.kind) {
    case 'field':
      return { ...condition, key, test: draftTest(condition.test) };
    case 'attribute':
      return { kind: 'attribute', key, attribute: condition.key, test: draftTest(condition.test) };
    case 'behaviour': {
      const { did, happened, campaignId = '', withinDays } = condition;
      return { kind: 'behaviour', key, did, happened, campaignId, withinDays: withinDays ? String(withinDays) : '' };
    }
    default:
      return { ...condition, key };
  }
}

/** A saved rule, opened for editing. */
export function draftOf(node: SegmentNode, key = 'rule'): DraftNode {
  if (node.kind !== 'group') return draftCondition(node, key);
  return { key, kind: 'group', match: node.match, rules: node.rules.map((rule, n) => draftOf(rule, `${key}.${n}`)) };
}
