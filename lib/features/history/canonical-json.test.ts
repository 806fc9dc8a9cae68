import { describe, expect, it } from 'vitest';
import { canonicalJson } from '@/lib/features/history/canonical-json';

describe('canonical JSON', () => {
  it('does not depend on the order of keys, at any depth', () => {
    expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: null })).toBe(canonicalJson({ a: null, b: [{ c: 2, d: 1 }] }));
  });
  it('keeps the order of arrays', () => {
    expect(canonicalJson([2, 1])).not.toBe(canonicalJson([1, 2]));
  });
  it('leaves out what JSON leaves out', () => {
    expect(canonicalJson({ a: undefined, b: new Date(0) })).toBe('{"b":"1970-01-01T00:00:00.000Z"}');
  });
  it('replaces what jsonb cannot hold', () => {
    expect(canonicalJson({ a: 'x\u0000\ud800' })).toBe('{"a":"x\ufffd\ufffd"}');
  });
  it('keeps a key that looks like a prototype', () => {
    expect(canonicalJson(JSON.parse('{"__proto__":1}'))).toBe('{"__proto__":1}');
  });
});
