import { describe, expect, it } from 'vitest';
import { emailTemplateSchema } from '@/lib/domain/template';
import { documentIssues } from './document-issues';
import { documentOf, type EditBlock, type EmailDocument } from './email-document';

function documentWith(...blocks: EditBlock[]): EmailDocument {
  return { ...documentOf(emailTemplateSchema.parse({ subject: 'Hi', blocks: [] })), blocks };
}

describe('what is wrong with a template', () => {
  it('is nothing while it can be sent', () => {
    expect(documentIssues(documentWith({ type: 'text', id: 'a', content: 'Hello' })).count).toBe(0);
  });

  it('is told at the field of the block, however deep it stands', () => {
    const bad: EditBlock = { type: 'button', id: 'bad', label: 'Go', url: 'javascript:alert(1)' };
    const { blocks, count } = documentIssues(
      documentWith(
        { type: 'text', id: 'a', content: '{{ first_name' },
        { type: 'columns', id: 'c', columns: [{ blocks: [] }, { blocks: [bad] }] },
        { type: 'conditional', id: 'w', if: '', blocks: [{ ...bad, id: 'in' }], otherwise: [{ ...bad, id: 'else' }] },
      ),
    );
    expect(Object.keys(blocks).sort()).toEqual(['a', 'bad', 'else', 'in', 'w']);
    expect(blocks.bad?.url).toContain('https://');
    expect(blocks.w?.if).toContain('plan');
    expect(count).toBe(5);
  });

  it('is told at the field of the email', () => {
    const { email } = documentIssues({ ...documentWith(), subject: ' ' });
    expect(email.subject).toBe('A subject is missing.');
  });
});
