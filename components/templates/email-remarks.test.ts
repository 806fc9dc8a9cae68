import { describe, expect, it } from 'vitest';
import { emailTemplateSchema } from '@/lib/domain/template';
import { documentOf, type EditBlock } from './email-document';
import { emailRemarks, whereFieldIsNamed } from './email-remarks';

const document = (...blocks: EditBlock[]) => ({
  ...documentOf(emailTemplateSchema.parse({ subject: 'Hi {{ first_name }}', preheader: 'x', blocks: [] })),
  blocks,
});

describe('an editor', () => {
  it('finds the block that names a field', () => {
    const inner: EditBlock = { type: 'text', id: 'in', content: '{% if plan %}{{ device }}{% endif %}' };
    const email = document(
      { type: 'text', id: 'a', content: 'nothing' },
      { type: 'conditional', id: 'w', if: 'city == "Rome"', blocks: [inner] },
    );
    expect(whereFieldIsNamed(email, 'device')).toEqual({ blockId: 'in' });
    expect(whereFieldIsNamed(email, 'city')).toEqual({ blockId: 'w' });
    expect(whereFieldIsNamed(email, 'first_name')).toEqual({ blockId: null });
    expect(whereFieldIsNamed(email, 'absent')).toBeNull();
  });

  it('notices what nobody wants to send', () => {
    const email = document(
      { type: 'image', id: 'i', src: '/email/placeholder.png', alt: '' },
      { type: 'button', id: 'b', label: 'Go', url: 'https://shop.example.com/x' },
    );
    expect(emailRemarks(email).map(({ remark }) => remark)).toEqual(['placeholder_image', 'example_link']);
    expect(emailRemarks({ ...document(), preheader: ' ' })).toEqual([{ remark: 'no_preheader', blockId: null }]);
  });
});
