import { describe, expect, it } from 'vitest';
import { parseMergeTags } from '@/lib/domain/merge-tags-parse';
import { insertLink, insertTag, tagFormats, tagSource, toggleList, toggleMark } from './tag-source';

describe('a tag from the picker', () => {
  it('is one the grammar takes, whatever the fallback says', () => {
    for (const type of ['text', 'number', 'date', 'boolean', 'tags']) {
      for (const { filter } of tagFormats(type)) {
        for (const fallback of [null, '', 'there', 'say "hi"', `it's "so"`, 'two\nlines'])
          expect(() => parseMergeTags(tagSource('plan', filter, fallback))).not.toThrow();
      }
    }
    expect(tagSource('first_name', '', 'there')).toBe('{{ first_name | fallback: "there" }}');
  });

  it('takes the place of the braces that asked for it', () => {
    expect(insertTag('Hi {{, you', 5, 5, '{{ plan }}')).toEqual({ text: 'Hi {{ plan }}, you', start: 13, end: 13 });
    expect(insertTag('Hi you', 3, 6, '{{ plan }}').text).toBe('Hi {{ plan }}');
  });
});

describe('marks', () => {
  it('go on and off the same words', () => {
    const on = toggleMark('so good it is', 3, 7, '**');
    expect(on.text).toBe('so **good** it is');
    expect(toggleMark(on.text, on.start, on.end, '**')).toEqual({ text: 'so good it is', start: 3, end: 7 });
  });

  it('of two kinds stay apart', () => {
    expect(toggleMark('**good**', 2, 6, '*').text).toBe('***good***');
  });

  it('make links and lists', () => {
    expect(insertLink('read this', 5, 9).text).toBe('read [this](https://)');
    const list = toggleList('a\nb\nc', 0, 3, false);
    expect(list.text).toBe('- a\n- b\nc');
    expect(toggleList(list.text, list.start, list.end, false).text).toBe('a\nb\nc');
    expect(toggleList('a\nb', 0, 3, true).text).toBe('1. a\n2. b');
  });
});
