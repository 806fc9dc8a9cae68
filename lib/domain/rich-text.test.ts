import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMergeTags } from './merge-tags-parse';
import { parseRichText, type RichNode } from './rich-text';

function show(nodes: readonly RichNode[]): string {
  return nodes
    .map((node) => {
      switch (node.kind) {
        case 'text':
          return node.text;
        case 'break':
          return '<br>';
        case 'tag':
          return '<tag>';
        case 'if':
          return `<if>${node.node.branches.map(({ body }) => show(body)).join('<or>')}<else>${show(node.node.otherwise)}</if>`;
        case 'link':
          return `<a ${node.url.map((part) => (typeof part === 'string' ? part : '<tag>')).join('')}>${show(node.children)}</a>`;
        default:
          return `<${node.kind}>${show(node.children)}</${node.kind}>`;
      }
    })
    .join('');
}
function outline(source: string): string[] {
  return parseRichText(parseMergeTags(source)).map((block) =>
    block.kind === 'paragraph'
      ? show(block.children)
      : `${block.isOrdered ? 'ol' : 'ul'}: ${block.items.map(show).join(' / ')}`,
  );
}

describe('rich text', () => {
  it.each([
    [
      '**bold** and *italic* and _italic_ and ~~struck~~',
      '<bold>bold</bold> and <italic>italic</italic> and <italic>italic</italic> and <struck>struck</struck>',
    ],
    ['**a *b* c**', '<bold>a <italic>b</italic> c</bold>'],
    ['2 * 3 * 4 and snake_case_name', '2 * 3 * 4 and snake_case_name'],
    ['\\*not\\* \\[a\\](b)', '*not* [a](b)'],
    ['[shop](https://e.com/a_(b)?x=1)', '<a https://e.com/a_(b)?x=1>shop</a>'],
    ['[**{{ x }}**](https://e.com/{{ y | fallback: ")" }})', '<a https://e.com/<tag>><bold><tag></bold></a>'],
    ['[not a link] (x) and ](', '[not a link] (x) and ]('],
    ['<b>&amp;</b>', '<b>&amp;</b>'],
    ['one\ntwo', 'one<br>two'],
  ])('%s', (source, expected) => {
    expect(outline(source)).toEqual([expected]);
  });

  it('parts paragraphs and lists', () => {
    expect(outline('Intro:\n- one\n- **two**\n\n1. a\n2. b\nend\n\n\nlast')).toEqual([
      'Intro:',
      'ul: one / <bold>two</bold>',
      'ol: a / b',
      'end',
      'last',
    ]);
  });

  it('never lets a mark reach across the border of a branch', () => {
    expect(outline('**a {% if x %}b** c{% else %}*d*{% endif %} e**')).toEqual([
      '<bold>a <if>b** c<else><italic>d</italic></if> e</bold>',
    ]);
  });

  it('loses no letter, whatever marks surround it', () => {
    const unit = fc.constantFrom('Q', ' ', '*', '**', '_', '[', '](', ')', '~~', '\\', '\n', '\n\n', '- ');
    const letters = (text: string) => text.split('Q').length - 1;
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 30 }), (parts) => {
        const source = parts.join('');
        expect(letters(outline(source).join(''))).toBe(letters(source));
      }),
    );
  });
});
