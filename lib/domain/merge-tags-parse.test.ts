import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MergeTagError } from './merge-tags';
import { analyse } from './merge-tags-analysis';
import { parseCondition, parseMergeTags } from './merge-tags-parse';

function problem(source: string): MergeTagError {
  try {
    parseMergeTags(source);
  } catch (error) {
    if (error instanceof MergeTagError) return error;
    throw error;
  }
  throw new Error(`No problem found in ${source}`);
}

describe('parsing', () => {
  it.each([
    ['Hi\n  {{ 7*7 }}', 2, 7, /no meaning/],
    ['{{ name', 1, 1, /not closed/],
    ['{{ name | fallback: "x }}', 1, 21, /quote/],
    ['{{ name | shout }}', 1, 11, /no filter “shout”/],
    ['{{ name | truncate }}', 1, 11, /needs 1/],
    ['{{ name | truncate: "3" }}', 1, 11, /must be a number/],
    ['{{ name | date: "QQQ" }}', 1, 11, /not a part of a date/],
    ['{{ name | currency: "EURO" }}', 1, 11, /./],
    ['{{ name | date: "d", "Mars/Base" }}', 1, 11, /./],
    ['{% if a %}x', 1, 1, /not closed with/],
    ['x{% endif %}', 1, 2, /no {% if %}/],
    ['{% for a in b %}', 1, 1, /Only if/],
    ['{% if a = b %}x{% endif %}', 1, 9, /no meaning/],
    ['{% if a %}{% else %}{% else %}{% endif %}', 1, 21, /second/],
    ['{% if a %}{% else %}{% elsif b %}{% endif %}', 1, 21, /cannot follow/],
    ['{% if %}x{% endif %}', 1, 7, /missing/],
    ['{{ a b }}', 1, 6, /not expected/],
    ['{{ a..b }}', 1, 6, /after the dot/],
  ])('says where %j is wrong', (source, line, column, message) => {
    const error = problem(source);
    expect({ line: error.line, column: error.column }).toEqual({ line, column });
    expect(error.message).toMatch(message);
  });

  it('says where a condition is wrong, counted in the condition itself', () => {
    expect(() => parseCondition('plan ==')).toThrow(MergeTagError);
    expect(() => parseCondition('plan %}{{ x }}{% if y')).toThrow(MergeTagError);
    expect(() => parseCondition('a '.repeat(3))).toThrow(/not expected/);
  });

  it('refuses nesting deeper than 32', () => {
    const nest = (depth: number) => '{% if a %}'.repeat(depth) + '{% endif %}'.repeat(depth);
    expect(() => parseMergeTags(nest(32))).not.toThrow();
    expect(() => parseMergeTags(nest(33))).toThrow(/nested too deeply/);
    expect(() => parseCondition(`${'('.repeat(40)}a${')'.repeat(40)}`)).toThrow(/nested too deeply/);
    expect(() => parseCondition(`${'not '.repeat(40)}a`)).toThrow(/nested too deeply/);
  });

  it('answers for any source with a tree or a MergeTagError, and a tree survives JSON', () => {
    const part = fc.constantFrom(
      '{{',
      '}}',
      '{%',
      '%}',
      ' if ',
      'endif',
      'else',
      'a',
      '.b',
      ' | ',
      'upper',
      ':',
      '"',
      "'",
      ' == ',
      '1',
      '\n',
      '(',
      'x y',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
        try {
          const nodes = parseMergeTags(parts.join(''));
          expect(JSON.parse(JSON.stringify(nodes))).toEqual(nodes);
        } catch (error) {
          expect(error).toBeInstanceOf(MergeTagError);
        }
      }),
    );
  });
});

describe('analysis', () => {
  it('lists fields, unknown fields and those that may print nothing', () => {
    const found = analyse(
      '{{ first_name | fallback: "x" }} {{ plan }} {{ attributes.device }} {% if city %}{{ city }}{% else %}{{ city }}{% endif %} {{ unsubscribe_url }} {% if tier == "A" %}{{ tier }}{% endif %}',
      ['first_name', 'plan', 'city', 'tier'],
    );
    expect(found).toEqual({
      fields: ['first_name', 'plan', 'device', 'city', 'tier'],
      unknown: ['device'],
      withoutFallback: ['plan', 'device', 'city'],
      reserved: ['unsubscribe_url'],
    });
  });

  it('takes a field as present only where the condition proves it', () => {
    expect(analyse('{% if a and b %}{{ a }}{{ b }}{% endif %}', []).withoutFallback).toEqual([]);
    expect(analyse('{% if a or b %}{{ a }}{% endif %}', []).withoutFallback).toEqual(['a']);
    expect(analyse('{% if not a %}{{ a }}{% endif %}', []).withoutFallback).toEqual(['a']);
    expect(analyse('{% if a != "x" %}{{ a }}{% endif %}', []).withoutFallback).toEqual(['a']);
    expect(analyse('{% if a == null %}{{ a }}{% endif %}', []).withoutFallback).toEqual(['a']);
  });
});
