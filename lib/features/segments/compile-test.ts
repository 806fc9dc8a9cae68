import type { SegmentField } from '@/lib/domain/segment';
import { isPresenceTest, type ValueTest } from '@/lib/domain/value-test';
import { joined, part, type SqlPart, verbatim } from '@/lib/features/segments/sql-part';

/** A boolean expression, and whether it is never null, so that its opposite needs no guard. */
export interface Compiled {
  expr: SqlPart;
  opposite: SqlPart;
}

export interface Clock {
  /** Calendar date of now in the workspace's time zone. */
  today: string;
  timeZone: string;
}

const COLUMNS: Record<SegmentField, SqlPart> = {
  external_id: verbatim('c.external_id'),
  email: verbatim('c.email'),
  phone: verbatim('c.phone'),
  first_name: verbatim('c.first_name'),
  last_name: verbatim('c.last_name'),
  language: verbatim('c.language'),
  time_zone: verbatim('c.time_zone'),
  email_consent: verbatim('c.email_consent'),
  sms_consent: verbatim('c.sms_consent'),
  email_opted_out: verbatim('(c.email_opted_out_at is not null)'),
  sms_opted_out: verbatim('(c.sms_opted_out_at is not null)'),
  do_not_market: verbatim('c.do_not_market'),
  hard_bounces: verbatim('c.hard_bounces'),
  soft_bounces: verbatim('c.soft_bounces'),
  created_at: verbatim('c.created_at'),
};
const NUMBER_OPS = {
  greater_than: verbatim('>'),
  at_least: verbatim('>='),
  less_than: verbatim('<'),
  at_most: verbatim('<='),
} as const;
const MAX_ORS = 40;
const LAST_CHARACTER = '\u{10ffff}';

/** Null counts as false in both directions. */
export function nullable(expr: SqlPart): Compiled {
  return { expr, opposite: part`(${expr}) is not true` };
}

function flipped({ expr, opposite }: Compiled): Compiled {
  return { expr: opposite, opposite: expr };
}

function likePattern(op: 'contains' | 'starts_with' | 'ends_with', value: string): string {
  const literal = value.replace(/[\\%_]/g, '\\$&');
  return `${op === 'starts_with' ? '' : '%'}${literal}${op === 'ends_with' ? '' : '%'}`;
}

export function addDays(date: string, days: number): string {
  const shifted = new Date(`${date}T00:00:00Z`);
  shifted.setUTCDate(shifted.getUTCDate() + days);
  const year = shifted.getUTCFullYear();
  return year < 1 ? '0001-01-01' : year > 9999 ? '9999-12-31' : shifted.toISOString().slice(0, 10);
}

/** Inclusive bounds of the days that pass, as ISO dates. */
function dayRange(test: Extract<ValueTest, { type: 'date' }>, today: string): [from: string | null, to: string | null] {
  switch (test.op) {
    case 'before':
      return [null, addDays(test.value, -1)];
    case 'after':
      return [addDays(test.value, 1), null];
    case 'between':
      return [test.from, test.to];
    case 'in_last_days':
      return [addDays(today, -test.days), today];
    case 'in_next_days':
      return [today, addDays(today, test.days)];
    case 'more_than_days_ago':
      return [null, addDays(today, -test.days - 1)];
    case 'on':
    case 'not_on':
      return [test.value, test.value];
    default:
      return [null, null];
  }
}

function withinDays(day: SqlPart, [from, to]: [string | null, string | null]): SqlPart {
  const bounds: SqlPart[] = [];
  if (from !== null) bounds.push(part`${day} >= ${from}::text collate "C"`);
  if (to !== null) bounds.push(part`${day} <= ${to}::text collate "C"`);
  return joined(bounds, 'and', 'true');
}

/** A column of contacts against a test of its own type. */
export function compileFieldTest(field: SegmentField, test: ValueTest, clock: Clock): Compiled {
  const column = COLUMNS[field];
  if (isPresenceTest(test)) {
    const known = nullable(test.type === 'text' ? part`${column} <> ''` : part`${column} is not null`);
    return test.op === 'is_set' ? known : flipped(known);
  }
  switch (test.type) {
    case 'text': {
      const stored = (value: string) => (field === 'email' ? value.toLowerCase() : value);
      if ('values' in test) {
        const among = nullable(part`${column} = any(${test.values.map(stored)}::text[])`);
        return test.op === 'in' ? among : flipped(among);
      }
      if (test.op === 'equals') return nullable(part`${column} = ${stored(test.value)}::text`);
      if (test.op === 'not_equals') return flipped(nullable(part`${column} = ${stored(test.value)}::text`));
      if (test.op === 'starts_with' && (field === 'email' || field === 'phone')) {
        // stored in lower case, so that the index on the address answers
        const prefix = test.value.toLowerCase();
        return nullable(part`(${column} ~>=~ ${prefix}::text and ${column} ~<~ ${prefix + LAST_CHARACTER}::text)`);
      }
      const op = test.op === 'not_contains' ? 'contains' : test.op;
      const found = nullable(part`${column} ilike ${likePattern(op, test.value)}::text`);
      return test.op === 'not_contains' ? flipped(found) : found;
    }
    case 'number': {
      if (test.op === 'between') {
        return nullable(
          part`${column} between ${String(test.from)}::text::numeric and ${String(test.to)}::text::numeric`,
        );
      }
      if (test.op === 'equals') return nullable(part`${column} = ${String(test.value)}::text::numeric`);
      if (test.op === 'not_equals') return flipped(nullable(part`${column} = ${String(test.value)}::text::numeric`));
      return nullable(part`${column} ${NUMBER_OPS[test.op]} ${String(test.value)}::text::numeric`);
    }
    case 'boolean':
      return nullable(test.value ? column : part`not ${column}`);
    case 'date': {
      const day = part`to_char(${column} at time zone ${clock.timeZone}::text, 'YYYY-MM-DD') collate "C"`;
      const passes = nullable(withinDays(day, dayRange(test, clock.today)));
      return test.op === 'not_on' ? flipped(passes) : passes;
    }
    case 'tags':
      return nullable(verbatim('false'));
  }
}

/** Containment is what the GIN index answers. */
function contains(key: string, value: unknown): SqlPart {
  return part`c.attributes @> ${JSON.stringify({ [key]: value })}::text::jsonb`;
}

function equalsAny(key: string, values: readonly string[]): SqlPart {
  if (values.length <= MAX_ORS) {
    return joined(
      values.map((value) => contains(key, value)),
      'or',
      'false',
    );
  }
  return part`c.attributes -> ${key}::text = any(${values.map((value) => JSON.stringify(value))}::text[]::jsonb[])`;
}

function ofType(key: string, type: 'string' | 'number', passes: (text: SqlPart, json: SqlPart) => SqlPart): SqlPart {
  const json = part`c.attributes -> ${key}::text`;
  const guard = verbatim(`'${type}'`);
  // the type last, for few pass what comes before
  return part`(${passes(part`c.attributes ->> ${key}::text`, json)} and jsonb_typeof(${json}) = ${guard})`;
}

function positiveAttributeTest(key: string, test: ValueTest, clock: Clock): SqlPart {
  if (isPresenceTest(test)) {
    return part`coalesce(c.attributes -> ${key}::text, 'null'::jsonb) not in ('null'::jsonb, '""'::jsonb, '[]'::jsonb)`;
  }
  switch (test.type) {
    case 'text': {
      if ('values' in test) return equalsAny(key, test.values);
      if (test.op === 'equals' || test.op === 'not_equals') return contains(key, test.value);
      const pattern = likePattern(test.op === 'not_contains' ? 'contains' : test.op, test.value);
      return ofType(key, 'string', (text) => part`${text} ilike ${pattern}::text`);
    }
    case 'number': {
      if (test.op === 'equals' || test.op === 'not_equals') return contains(key, test.value);
      if (test.op === 'between') {
        return ofType(
          key,
          'number',
          (_, json) => part`(${json}) between ${String(test.from)}::text::jsonb and ${String(test.to)}::text::jsonb`,
        );
      }
      const op = NUMBER_OPS[test.op];
      return ofType(key, 'number', (_, json) => part`(${json}) ${op} ${String(test.value)}::text::jsonb`);
    }
    case 'boolean':
      return contains(key, test.value);
    case 'date': {
      if (test.op === 'on' || test.op === 'not_on') return contains(key, test.value);
      const range = dayRange(test, clock.today);
      return ofType(
        key,
        'string',
        (text) => part`(${text}) like '____-__-__' and ${withinDays(part`(${text}) collate "C"`, range)}`,
      );
    }
    case 'tags': {
      if ('value' in test) return contains(key, [test.value]);
      if (test.op === 'has_all') return contains(key, test.values);
      return joined(
        test.values.map((value) => contains(key, [value])),
        'or',
        'false',
      );
    }
  }
}

const NEGATIVE = new Set<ValueTest['op']>(['not_equals', 'not_contains', 'not_in', 'not_on', 'has_not', 'is_not_set']);

/** An attribute against a test; a value of another type does not match. */
export function compileAttributeTest(key: string, test: ValueTest, clock: Clock): Compiled {
  const found = nullable(positiveAttributeTest(key, test, clock));
  return NEGATIVE.has(test.op) ? flipped(found) : found;
}
