'use client';

import { type ReactNode, useCallback, useMemo, useReducer, useState } from 'react';
import { Bubble, Phone } from '@/components/preview/phone';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { type SmsTemplate, smsTemplateSchema } from '@/lib/domain/template';
import { CheckPanel } from './check-panel';
import { ContactPicker } from './contact-picker';
import { type EditAction, type EditHistory, editHistory, startHistory } from './edit-history';
import { EditorBar } from './editor-bar';
import { SaveNotices } from './save-notices';
import { SaveStatus } from './save-status';
import { SmsMeter, type SmsPrice, SmsSuggestions } from './sms-meter';
import { splitSegments } from './sms-split';
import type { TagChoice } from './tag-choice';
import { TagField } from './tag-field';
import { useCheck } from './use-check';
import { usePreview } from './use-preview';
import type { Written } from './use-saving';
import { useTemplate } from './use-template';
import { useUndoKeys } from './use-undo-keys';
import { VersionsSheet } from './versions-sheet';

type State = Written<SmsTemplate>;

interface SmsEditorProps {
  template: { id: string; name: string; revision: number; content: SmsTemplate; isArchived: boolean };
  fields: TagChoice[];
  isReadOnly: boolean;
  maySeeContacts: boolean;
  price: SmsPrice | null;
  /** Whose name stands above the message. */
  from: string;
  menu: ReactNode;
}

const open = (stored: unknown): SmsTemplate => smsTemplateSchema.parse(stored);

function isContent(value: unknown): value is SmsTemplate {
  return typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string';
}

/** A text message at the left, the phone it arrives on at the right. */
export function SmsEditor({ template, fields, isReadOnly, maySeeContacts, price, from, menu }: SmsEditorProps) {
  const { id, revision, isArchived } = template;
  const [history, dispatch] = useReducer<EditHistory<State>, null, [EditAction<State>]>(editHistory, null, () =>
    startHistory({ name: template.name, content: template.content }),
  );
  const written = history.present;
  const { text } = written.content;
  const change = useCallback(
    (next: (before: State) => State, key?: string) => {
      if (!isReadOnly) dispatch({ type: 'edit', change: next, key, atMs: Date.now() });
    },
    [isReadOnly],
  );
  const write = (next: string) => change((before) => ({ ...before, content: { text: next } }), 'text');
  const replace = useCallback((next: State) => change(() => next), [change]);
  const issue = useMemo(() => smsTemplateSchema.safeParse({ text }).error?.issues[0]?.message, [text]);
  const isValid = issue === undefined && written.name.trim() !== '';
  const kept = useTemplate({ templateId: id, revision, written, isValid, isReadOnly, open, isContent, replace });
  const [as, setAs] = useState('example');
  const content = issue === undefined ? written.content : null;
  const { preview, problem, pending } = usePreview({ channel: 'sms', content, as });
  const { findings, problem: checkProblem } = useCheck('sms', content);
  const message = preview?.message?.channel === 'sms' ? preview.message : null;
  const undo = history.past.length > 0 && !isReadOnly ? () => dispatch({ type: 'undo' }) : null;
  const redo = history.future.length > 0 && !isReadOnly ? () => dispatch({ type: 'redo' }) : null;
  useUndoKeys(undo, redo);

  return (
    <div data-editor="">
      <EditorBar
        name={written.name}
        onRename={(name) => change((before) => ({ ...before, name }), 'name')}
        isReadOnly={isReadOnly}
        isArchived={isArchived}
        undo={undo}
        redo={redo}
        status={<SaveStatus state={kept.state} isReadOnly={isReadOnly} mistakes={issue ? 1 : 0} className="pr-2" />}
        actions={
          <>
            <VersionsSheet templateId={id} revision={kept.revision} isReadOnly={isReadOnly} onRestore={kept.restore} />
            {menu}
          </>
        }
      />
      <div className="[&:not(:empty)]:pb-6">
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
      <div className="grid items-start gap-10 lg:grid-cols-[minmax(0,1.15fr)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-6">
          <TagField
            label="Text"
            kind="text"
            rows={7}
            value={text}
            onChange={write}
            fields={fields}
            disabled={isReadOnly}
            error={issue}
            hint="Typing {{ lists the fields of a contact."
            aside={<span className="figure">{text.length}</span>}
          />
          {message && <SmsMeter count={message} price={price} />}
          {message && (
            <SmsSuggestions
              text={message.text}
              nonGsm={message.nonGsm}
              onReplace={
                isReadOnly
                  ? null
                  : (pairs) => write(pairs.reduce((all, pair) => all.replaceAll(pair.from, pair.to), text))
              }
            />
          )}
          <section aria-label="Before it is sent">
            <CheckPanel findings={findings} problem={checkProblem} remarks={[]} actionFor={() => undefined} />
          </section>
        </div>
        <aside aria-label="Preview" aria-busy={pending} className="flex min-w-0 flex-col gap-4 lg:sticky lg:top-8">
          <ContactPicker value={as} onChange={setAs} maySearch={maySeeContacts} />
          {(preview?.problem ?? problem) && (
            <Notice
              tone="failed"
              live
              title={preview?.problem ? 'This contact would get no message' : 'No preview just now'}
            >
              {preview?.problem ?? problem}
            </Notice>
          )}
          {message ? (
            <Phone from={from}>
              <Bubble parts={splitSegments(message.text)} />
              <span className="text-ink-faint text-xs">
                {message.segments === 1 ? 'One part' : `${message.segments} parts, shown by orange lines here only`}
              </span>
            </Phone>
          ) : (
            !preview?.problem && !problem && <Skeleton className="mx-auto h-80 w-full max-w-[22rem] rounded-lg" />
          )}
        </aside>
      </div>
    </div>
  );
}
