'use client';

import { useEditor } from './editor-context';
import { TagField } from './tag-field';

/** What stands in the list of messages before anybody opens one. */
export function SubjectFields({ errors }: { errors: Record<string, string> }) {
  const { document, edit, fields, isReadOnly } = useEditor();
  const { subject, preheader } = document;
  return (
    <fieldset disabled={isReadOnly} className="flex min-w-0 flex-col gap-4" id="template-lines">
      <legend className="sr-only">Subject and preview line</legend>
      <TagField
        label="Subject"
        value={subject}
        onChange={(value) => edit((before) => ({ ...before, subject: value }), 'subject')}
        fields={fields}
        disabled={isReadOnly}
        error={errors.subject}
        aside={<span className="figure">{subject.length}</span>}
      />
      <TagField
        label="Preview line"
        value={preheader}
        onChange={(value) => edit((before) => ({ ...before, preheader: value }), 'preheader')}
        fields={fields}
        disabled={isReadOnly}
        error={errors.preheader}
        hint="Follows the subject in a mailbox; about 90 characters are seen."
        aside={<span className="figure">{preheader.length}</span>}
      />
    </fieldset>
  );
}
