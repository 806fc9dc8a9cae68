'use client';

import { type ReactNode, useState } from 'react';
import { cn } from '@/components/ui/cn';
import { Segmented } from '@/components/ui/segmented';
import { type EmailTemplate, emailTemplateSchema } from '@/lib/domain/template';
import { BlockList } from './block-list';
import { DragArea } from './drag-context';
import { EditorBar } from './editor-bar';
import { EditorContext } from './editor-context';
import { EmailChecks } from './email-checks';
import { documentOf, type EmailDocument, ROOT } from './email-document';
import { LookPanel } from './look-panel';
import { Palette } from './palette';
import { PreviewPane } from './preview-pane';
import { SaveNotices } from './save-notices';
import { SaveStatus } from './save-status';
import { SubjectFields } from './subject-fields';
import type { TagChoice } from './tag-choice';
import { useEmailEditor } from './use-email-editor';
import { useTemplate } from './use-template';
import { VersionsSheet } from './versions-sheet';

export interface EmailEditorProps {
  template: { id: string; name: string; revision: number; content: EmailTemplate; isArchived: boolean };
  fields: TagChoice[];
  isReadOnly: boolean;
  maySeeContacts: boolean;
  maySeeSettings: boolean;
  /** What can be done with the template as a whole. */
  menu: ReactNode;
}

const open = (stored: unknown): EmailDocument => documentOf(emailTemplateSchema.parse(stored));

function isDocument(value: unknown): value is EmailDocument {
  return (
    typeof value === 'object' && value !== null && 'blocks' in value && Array.isArray(value.blocks) && 'theme' in value
  );
}

/** Blocks at the left, the email as somebody would receive it at the right; saved as it is written. */
export function EmailEditor({ template, fields, isReadOnly, maySeeContacts, maySeeSettings, menu }: EmailEditorProps) {
  const { id, revision, isArchived } = template;
  const state = useEmailEditor({
    initial: () => ({ name: template.name, content: documentOf(template.content) }),
    fields,
    isReadOnly,
  });
  const { editor, written, issues, replace } = state;
  const [pane, setPane] = useState<'write' | 'preview'>('write');
  const [part, setPart] = useState<'blocks' | 'look'>('blocks');
  const isValid = issues.count === 0 && written.name.trim() !== '';
  const kept = useTemplate({
    templateId: id,
    revision,
    written,
    isValid,
    isReadOnly,
    open,
    isContent: isDocument,
    replace,
  });
  const lastValid = useLastValid(editor.document, issues.count === 0);

  function show(blockId: string | null) {
    setPane('write');
    setPart('blocks');
    editor.select(blockId);
    if (blockId) editor.focusBlock(blockId);
    else document.querySelector<HTMLElement>('#template-lines input')?.focus();
  }

  return (
    <EditorContext value={editor}>
      <div data-editor="" className="flex flex-col">
        <EditorBar
          name={written.name}
          onRename={state.rename}
          isReadOnly={isReadOnly}
          isArchived={isArchived}
          undo={state.undo}
          redo={state.redo}
          status={<SaveStatus state={kept.state} isReadOnly={isReadOnly} mistakes={issues.count} className="pr-2" />}
          actions={
            <>
              <VersionsSheet
                templateId={id}
                revision={kept.revision}
                isReadOnly={isReadOnly}
                onRestore={kept.restore}
              />
              {menu}
            </>
          }
        />
        <div className="empty:hidden [&:not(:empty)]:pb-6">
          <SaveNotices
            state={kept.state}
            draft={kept.draft}
            pending={kept.pending}
            onTakeTheirs={kept.takeTheirs}
            onKeepMine={kept.keepMine}
            onTakeDraft={kept.takeDraft}
            onDropDraft={kept.dropDraft}
          />
        </div>
        <Segmented<'write' | 'preview'>
          label="Write or preview"
          value={pane}
          onChange={setPane}
          options={[
            { value: 'write', label: 'Write' },
            { value: 'preview', label: 'Preview' },
          ]}
          className="mb-6 self-start lg:hidden"
        />
        <div className="grid items-start gap-x-10 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.15fr)]">
          <div className={cn('flex min-w-0 flex-col gap-6', pane === 'preview' && 'max-lg:hidden')}>
            <SubjectFields errors={issues.email} />
            <div className="flex flex-col gap-4">
              <Segmented<'blocks' | 'look'>
                label="What to edit"
                value={part}
                onChange={setPart}
                options={[
                  { value: 'blocks', label: 'Blocks' },
                  { value: 'look', label: 'Look' },
                ]}
                className="self-start"
              />
              {part === 'look' ? (
                <LookPanel errors={issues.email} />
              ) : (
                <DragArea>
                  {!isReadOnly && <Palette />}
                  <BlockList at={ROOT} blocks={editor.document.blocks} />
                </DragArea>
              )}
            </div>
          </div>
          <aside
            aria-label="Preview"
            className={cn('flex min-w-0 flex-col gap-3 lg:sticky lg:top-4', pane === 'write' && 'max-lg:hidden')}
          >
            <EmailChecks content={lastValid} onShow={show} maySeeSettings={maySeeSettings} />
            <PreviewPane content={lastValid} maySeeContacts={maySeeContacts} />
          </aside>
        </div>
        <p role="status" className="sr-only">
          {state.announcement}
        </p>
      </div>
    </EditorContext>
  );
}

/** The newest state that can be rendered; null if there was none yet. */
function useLastValid(document: EmailDocument, isValid: boolean): EmailDocument | null {
  const [last, setLast] = useState(isValid ? document : null);
  if (isValid && last !== document) setLast(document);
  return isValid ? document : last;
}
