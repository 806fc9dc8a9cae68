import { describe, expect, it } from 'vitest';
import { assertExpression, equalityOf, evaluate, hashOf, holds, keyOf, valueAt } from './expressions';

const event = { name: 'shop/order', data: { id: 7, kind: 'a', nested: { deep: 'x' }, list: [1, 2], nothing: null } };

describe('evaluate', () => {
  it.each([
    ['event.data.id == 7', true],
    ['event.data.id > 3 && event.data.kind != "b"', true],
    ['event.data.missing == null', true],
    ['event.data.missing.deeper == null', true],
    ['event.data.nothing.deeper == "x"', false],
    ['has(event.data.missing)', false],
    ['has(event.data.kind)', true],
    ['event.data.kind in ["a", "b"]', true],
    ['event.name.startsWith("shop/")', true],
    ['event.data.id == 7 ? 100 : 0', 100],
    ['"literal"', 'literal'],
    ['event.data.nested.deep', 'x'],
  ])('%s', (expression, expected) => {
    expect(evaluate(expression, { event })).toBe(expected);
  });

  it('gives undefined, not an exception, where the types do not fit', () => {
    expect(evaluate('event.data.kind > 5', { event })).toBeUndefined();
    expect(holds('event.data.kind > 5', { event })).toBe(false);
  });

  it('treats an expression that cannot be read as one that does not hold', () => {
    expect(holds('event.data ==', { event })).toBe(false);
  });

  it('does not change the event it reads', () => {
    evaluate('event.data.missing.deeper == null', { event });
    expect(event.data).not.toHaveProperty('missing');
  });

  it('compares the awaiting with the awaited event', () => {
    const rule = 'async.data.id == event.data.id && async.data.n > 3';
    expect(holds(rule, { event, async: { data: { id: 7, n: 4 } } })).toBe(true);
    expect(holds(rule, { event, async: { data: { id: 8, n: 4 } } })).toBe(false);
    expect(holds(rule, { event, async: { data: { id: 7 } } })).toBe(false);
  });

  it('holds when there is no expression', () => {
    expect(holds(undefined, { event })).toBe(true);
    expect(holds(null, { event })).toBe(true);
  });
});

describe('keys', () => {
  it('tells values apart and never holds what PostgreSQL cannot store', () => {
    expect(keyOf('event.data.id', { event })).toBe('7');
    expect(keyOf(undefined, { event })).toBe('');
    expect(keyOf('event.data.missing', { event })).toBe('null');
    expect(keyOf('event.data.kind', { event: { data: { kind: 'a\u0000b' } } })).toBe('ab');
    expect(keyOf('event.data.nested', { event })).toBe('{"deep":"x"}');
    expect(keyOf('event.data.kind', { event: { data: { kind: 'x'.repeat(5000) } } })).toMatch(/^#[0-9a-f]{40}$/);
  });
});

describe('equalityOf', () => {
  it('finds the indexable form of a match between two events', () => {
    expect(equalityOf('event.data.id == async.data.id', event)).toEqual({ path: 'data.id', hash: hashOf(7) });
    expect(equalityOf('event.data.id == async.data.order.id', event)).toEqual({
      path: 'data.order.id',
      hash: hashOf(7),
    });
  });

  it('finds the indexable form of a comparison with a literal', () => {
    expect(equalityOf("async.data.kind == 'a b'", event)).toEqual({ path: 'data.kind', hash: hashOf('a b') });
    expect(equalityOf('async.data.kind == "a"', event)).toEqual({ path: 'data.kind', hash: hashOf('a') });
  });

  it('leaves everything else to evaluation', () => {
    for (const expression of [
      undefined,
      'async.data.n > 3',
      'event.data.id == async.data.id && true',
      'event.a == 1',
    ]) {
      expect(equalityOf(expression, event)).toBeNull();
    }
  });

  it('agrees with evaluation on missing fields', () => {
    const match = equalityOf('event.data.gone == async.data.gone', event);
    expect(match?.hash).toBe(hashOf(valueAt({ data: {} }, ['data', 'gone'])));
    expect(holds('event.data.gone == async.data.gone', { event, async: { data: {} } })).toBe(true);
  });
});

it('an unreadable expression is refused with its place', () => {
  expect(() => assertExpression('event.data ==', 'shop-order')).toThrow(/shop-order.*event\.data ==/);
  expect(() => assertExpression('event.data.ok', 'shop-order')).not.toThrow();
});
