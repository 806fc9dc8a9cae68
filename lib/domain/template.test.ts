import { describe, expect, it } from 'vitest';
import { emailTemplateSchema, smsTemplateSchema } from './template';
import { analyseEmail, missingCompliance } from './template-analysis';

const footer = { type: 'footer' } as const;

function messages(template: unknown): string[] {
  const parsed = emailTemplateSchema.safeParse(template);
  return parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
}

describe('grammar', () => {
  it('fills in a theme and an empty preheader', () => {
    const template = emailTemplateSchema.parse({ subject: 'Hi', blocks: [footer] });
    expect(template).toMatchObject({ preheader: '', language: 'en', theme: { widthPx: 600, font: 'sans' } });
  });

  it('says in which block and at which place a tag is wrong', () => {
    const blocks = [
      { type: 'columns', columns: [{ blocks: [] }, { blocks: [{ type: 'text', content: 'a\n{{ b | nope }}' }] }] },
    ];
    const [message] = messages({ subject: 'Hi', blocks });
    expect(message).toMatch(
      /^blocks\.0\.columns\.1\.blocks\.0\.content: There is no filter “nope”.*\(line 2, column 8\)$/,
    );
  });

  it.each([
    'javascript:alert(1)',
    'www.example.com',
    '/path',
    'data:text/html,x',
    ' ',
    'https://',
    'java{{ x }}',
    '{% if a %}https://e.com{% else %}javascript:x{% endif %}',
    '{% if a %}https://e.com{% endif %}',
  ])('refuses the link %s', (url) => {
    expect(messages({ subject: 'Hi', blocks: [{ type: 'button', label: 'Go', url }] })).toHaveLength(1);
  });

  it.each([
    'https://e.com',
    'HTTP://e.com/{{ a }}',
    'mailto:a@e.com',
    'tel:+49{{ phone }}',
    '{{ shop_url }}',
    'https://{{ sub }}.e.com',
    '{% if a %}https://e.com{% else %}{{ b }}{% endif %}',
  ])('takes the link %s', (url) => {
    expect(messages({ subject: 'Hi', blocks: [{ type: 'button', label: 'Go', url }] })).toEqual([]);
  });

  it('refuses colours that are not colours, subjects of two lines and conditions nested without end', () => {
    expect(messages({ subject: 'Hi', blocks: [], theme: { primary: 'red;}' } })).toHaveLength(1);
    expect(messages({ subject: 'a\nBcc: b', blocks: [] })).toHaveLength(1);
    let deep: unknown = footer;
    for (let level = 0; level < 20_000; level++) deep = { type: 'conditional', if: 'a', blocks: [deep] };
    expect(messages({ subject: 'Hi', blocks: [deep] }).length).toBeGreaterThan(0);
    expect(smsTemplateSchema.safeParse({ text: ' ' }).success).toBe(false);
  });
});

describe('compliance', () => {
  const parse = (blocks: unknown[]) => emailTemplateSchema.parse({ subject: 'Hi', blocks });

  it('asks for an unsubscribe link and a postal address that everybody sees', () => {
    expect(missingCompliance(parse([footer]))).toEqual([]);
    expect(missingCompliance(parse([]))).toEqual(['unsubscribe_link', 'postal_address']);
    expect(missingCompliance(parse([{ type: 'conditional', if: 'plan', blocks: [footer] }]))).toHaveLength(2);
    expect(missingCompliance(parse([footer]), { postalAddress: ' ' })).toEqual(['postal_address']);
  });

  it('accepts a sender who writes them himself', () => {
    const content = '[Leave]({{ unsubscribe_url }}) {{ workspace.postal_address }}';
    expect(missingCompliance(parse([{ type: 'text', content }]))).toEqual([]);
    const hidden = '{% if plan %}[Leave]({{ unsubscribe_url }}){% endif %}';
    expect(missingCompliance(parse([{ type: 'text', content: hidden }]))).toHaveLength(2);
  });
});

describe('analysis', () => {
  it('reads subject, blocks, links and conditions, and counts a field as present inside its condition', () => {
    const template = emailTemplateSchema.parse({
      subject: '{{ first_name }}',
      blocks: [
        {
          type: 'conditional',
          if: 'plan == "Pro" and device',
          blocks: [{ type: 'text', content: '{{ plan }} {{ device }} {{ city }}' }],
        },
        { type: 'button', label: 'Go', url: 'https://e.com/{{ external_id }}' },
      ],
    });
    expect(analyseEmail(template, ['first_name', 'external_id'])).toEqual({
      fields: ['first_name', 'plan', 'device', 'city', 'external_id'],
      unknown: ['plan', 'device', 'city'],
      withoutFallback: ['first_name', 'city', 'external_id'],
      reserved: [],
    });
  });
});
