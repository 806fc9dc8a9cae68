import type { SegmentCondition, SegmentNode, SegmentRule } from '@/lib/domain/segment';
import { isPresenceTest, type ValueTest } from '@/lib/domain/value-test';

/** What the meaning of a rule is, written a second time without SQL: the yardstick of the property test. */
export interface ReferenceContact {
  fields: Record<string, string | number | boolean | null>;
  attributes: Record<string, unknown>;
  lists: Record<string, string>;
  sent: { campaignId: string; at: number }[];
}

export interface ReferenceWorld {
  nowMs: number;
  rules: Record<string, SegmentRule>;
}

const DAY_MS = 86_400_000;
const dateOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

function passesText(test: Extract<ValueTest, { type: 'text' }>, value: unknown): boolean {
  if (typeof value !== 'string' || isPresenceTest(test)) return false;
  if ('values' in test) return test.values.includes(value);
  const [text, wanted] = [value.toLowerCase(), test.value.toLowerCase()];
  if (test.op === 'equals' || test.op === 'not_equals') return value === test.value;
  if (test.op === 'starts_with') return text.startsWith(wanted);
  return test.op === 'ends_with' ? text.endsWith(wanted) : text.includes(wanted);
}

function passesNumber(test: Extract<ValueTest, { type: 'number' }>, value: unknown): boolean {
  if (typeof value !== 'number' || isPresenceTest(test)) return false;
  if (test.op === 'between') return value >= test.from && value <= test.to;
  if (test.op === 'greater_than') return value > test.value;
  if (test.op === 'at_least') return value >= test.value;
  if (test.op === 'less_than') return value < test.value;
  return test.op === 'at_most' ? value <= test.value : value === test.value;
}

function passesDate(test: Extract<ValueTest, { type: 'date' }>, value: unknown, nowMs: number): boolean {
  if (typeof value !== 'string' || isPresenceTest(test)) return false;
  if ('value' in test && (test.op === 'on' || test.op === 'not_on')) return value === test.value;
  if (value.length !== 10 || value[4] !== '-' || value[7] !== '-') return false;
  if (test.op === 'between') return value >= test.from && value <= test.to;
  if ('value' in test) return test.op === 'before' ? value < test.value : value > test.value;
  const today = dateOf(nowMs);
  const day = (offset: number) => dateOf(nowMs + offset * DAY_MS);
  if (test.op === 'in_last_days') return value >= day(-test.days) && value <= today;
  if (test.op === 'in_next_days') return value >= today && value <= day(test.days);
  return value < day(-test.days);
}

function passesTags(test: Extract<ValueTest, { type: 'tags' }>, value: unknown): boolean {
  if (!Array.isArray(value) || isPresenceTest(test)) return false;
  if (test.op === 'has_any') return test.values.some((tag) => value.includes(tag));
  if (test.op === 'has_all') return test.values.every((tag) => value.includes(tag));
  return 'value' in test && value.includes(test.value);
}

function passes(test: ValueTest, value: unknown, nowMs: number): boolean {
  if (isPresenceTest(test)) {
    const known =
      value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
    return known === (test.op === 'is_set');
  }
  const positive =
    test.type === 'text'
      ? passesText(test, value)
      : test.type === 'number'
        ? passesNumber(test, value)
        : test.type === 'boolean'
          ? value === test.value
          : test.type === 'date'
            ? passesDate(test, value, nowMs)
            : passesTags(test, value);
  const negative = test.op.startsWith('not_') || test.op === 'has_not';
  return negative ? !positive : positive;
}

/** Emails are stored in lower case and compared so. */
function lowered(test: ValueTest): ValueTest {
  if (test.type !== 'text' || isPresenceTest(test)) return test;
  if ('values' in test) return { ...test, values: test.values.map((value) => value.toLowerCase()) };
  return { ...test, value: test.value.toLowerCase() };
}

function meets(condition: SegmentCondition, contact: ReferenceContact, world: ReferenceWorld): boolean {
  switch (condition.kind) {
    case 'field': {
      const { field, test } = condition;
      return passes(field === 'email' ? lowered(test) : test, contact.fields[field], world.nowMs);
    }
    case 'attribute':
      return passes(condition.test, contact.attributes[condition.key], world.nowMs);
    case 'list': {
      const status = contact.lists[condition.listId];
      if (condition.is === 'on') return status !== undefined;
      return condition.is === 'not_on' ? status === undefined : status === condition.is;
    }
    case 'behaviour': {
      const since = condition.withinDays ? world.nowMs - condition.withinDays * DAY_MS : Number.NEGATIVE_INFINITY;
      const found = contact.sent.some(
        (one) => one.at >= since && (!condition.campaignId || one.campaignId === condition.campaignId),
      );
      return found === condition.happened;
    }
    case 'segment': {
      const rule = world.rules[condition.segmentId];
      if (!rule) throw new Error(`no segment ${condition.segmentId}`);
      return matches(rule, contact, world) === (condition.is === 'in');
    }
  }
}

export function matches(node: SegmentNode, contact: ReferenceContact, world: ReferenceWorld): boolean {
  if (node.kind !== 'group') return meets(node, contact, world);
  if (node.match === 'all') return node.rules.every((one) => matches(one, contact, world));
  const some = node.rules.some((one) => matches(one, contact, world));
  return node.match === 'any' ? some : !some;
}
