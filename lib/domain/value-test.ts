import { z } from 'zod';
import { parseDate } from './attribute';

const textValue = z.string().max(500);
const textValues = z.array(textValue).min(1).max(1000);
const dateValue = z
  .string()
  .refine((text) => text.length === 10 && parseDate(text, 'ymd') === text, 'must be a date such as 2026-02-28');
const numberValue = z.number().refine(Number.isFinite);
const days = z.number().int().min(0).max(36_500);
const presence = z.enum(['is_set', 'is_not_set']);

export const textTestSchema = z.discriminatedUnion('op', [
  z.object({
    type: z.literal('text'),
    op: z.enum(['equals', 'not_equals', 'contains', 'not_contains', 'starts_with', 'ends_with']),
    value: textValue,
  }),
  z.object({ type: z.literal('text'), op: z.enum(['in', 'not_in']), values: textValues }),
  z.object({ type: z.literal('text'), op: presence }),
]);

export const numberTestSchema = z.discriminatedUnion('op', [
  z.object({
    type: z.literal('number'),
    op: z.enum(['equals', 'not_equals', 'greater_than', 'at_least', 'less_than', 'at_most']),
    value: numberValue,
  }),
  z.object({ type: z.literal('number'), op: z.literal('between'), from: numberValue, to: numberValue }),
  z.object({ type: z.literal('number'), op: presence }),
]);

export const booleanTestSchema = z.discriminatedUnion('op', [
  z.object({ type: z.literal('boolean'), op: z.literal('is'), value: z.boolean() }),
  z.object({ type: z.literal('boolean'), op: presence }),
]);

export const dateTestSchema = z.discriminatedUnion('op', [
  z.object({ type: z.literal('date'), op: z.enum(['on', 'not_on', 'before', 'after']), value: dateValue }),
  z.object({ type: z.literal('date'), op: z.literal('between'), from: dateValue, to: dateValue }),
  z.object({ type: z.literal('date'), op: z.enum(['in_last_days', 'in_next_days', 'more_than_days_ago']), days }),
  z.object({ type: z.literal('date'), op: presence }),
]);

export const tagsTestSchema = z.discriminatedUnion('op', [
  z.object({ type: z.literal('tags'), op: z.enum(['has', 'has_not']), value: textValue }),
  z.object({ type: z.literal('tags'), op: z.enum(['has_any', 'has_all']), values: textValues }),
  z.object({ type: z.literal('tags'), op: presence }),
]);

/**
 * A comparison of one value, by its type. Negative tests (`not_…`, `has_not`, `is_not_set`) are the exact opposite of
 * the positive ones, so they are also true where there is no value. A value of another type counts as no match.
 */
export const valueTestSchema = z.discriminatedUnion('type', [
  textTestSchema,
  numberTestSchema,
  booleanTestSchema,
  dateTestSchema,
  tagsTestSchema,
]);
export type ValueTest = z.infer<typeof valueTestSchema>;
export type TestOp = ValueTest['op'];
export type PresenceTest = Extract<ValueTest, { op: 'is_set' | 'is_not_set' }>;

/** Whether the test only asks if there is a value. */
export function isPresenceTest(test: ValueTest): test is PresenceTest {
  return test.op === 'is_set' || test.op === 'is_not_set';
}

export const OPS_BY_TYPE = {
  text: ['equals', 'not_equals', 'contains', 'not_contains', 'starts_with', 'ends_with', 'in', 'not_in'],
  number: ['equals', 'not_equals', 'greater_than', 'at_least', 'less_than', 'at_most', 'between'],
  boolean: ['is'],
  date: ['on', 'not_on', 'before', 'after', 'between', 'in_last_days', 'in_next_days', 'more_than_days_ago'],
  tags: ['has', 'has_not', 'has_any', 'has_all'],
} as const satisfies Record<ValueTest['type'], readonly TestOp[]>;

export const OP_LABELS: Readonly<Record<TestOp, string>> = {
  equals: 'is',
  not_equals: 'is not',
  contains: 'contains',
  not_contains: 'does not contain',
  starts_with: 'starts with',
  ends_with: 'ends with',
  in: 'is one of',
  not_in: 'is none of',
  greater_than: 'is more than',
  at_least: 'is at least',
  less_than: 'is less than',
  at_most: 'is at most',
  between: 'is between',
  is: 'is',
  on: 'is on',
  not_on: 'is not on',
  before: 'is before',
  after: 'is after',
  in_last_days: 'is in the last',
  in_next_days: 'is in the next',
  more_than_days_ago: 'is more than',
  has: 'has the tag',
  has_not: 'does not have the tag',
  has_any: 'has any of the tags',
  has_all: 'has all of the tags',
  is_set: 'is known',
  is_not_set: 'is not known',
};

function quoted(text: string): string {
  return `“${text}”`;
}

function listed(values: readonly string[]): string {
  const shown = values.slice(0, 5).map(quoted).join(', ');
  return values.length > 5 ? `${shown} and ${values.length - 5} more` : shown;
}

function dayCount(n: number): string {
  return n === 1 ? '1 day' : `${n} days`;
}

/** The test in words, to stand behind the name of what it tests: `is one of “a”, “b”`. */
export function describeTest(test: ValueTest): string {
  const label = OP_LABELS[test.op];
  if ('values' in test) return `${label} ${listed(test.values)}`;
  if ('days' in test) return `${label} ${dayCount(test.days)}${test.op === 'more_than_days_ago' ? ' ago' : ''}`;
  if ('from' in test) return `${label} ${test.from} and ${test.to}`;
  if (!('value' in test)) return label;
  if (typeof test.value === 'boolean') return `${label} ${test.value ? 'yes' : 'no'}`;
  return `${label} ${test.type === 'text' || test.type === 'tags' ? quoted(test.value) : test.value}`;
}
