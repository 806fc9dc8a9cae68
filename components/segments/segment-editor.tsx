'use client';

import { Redo2, Undo2 } from 'lucide-react';
import { type FormEvent, useMemo, useRef, useState, useTransition } from 'react';
import { answerOf } from '@/components/ui/answer-of';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { IconButton } from '@/components/ui/icon-button';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { Section } from '@/components/ui/section';
import { toast } from '@/components/ui/toast';
import { useLeaveGuard } from '@/components/ui/use-leave-guard';
import type { SegmentRule } from '@/lib/domain/segment';
import { describeRule } from '@/lib/domain/segment-describe';
import type { ActionError, ActionResult } from '@/lib/http/action';
import { ExplainContact } from './explain-contact';
import { LiveResult } from './live-result';
import { readDraft } from './read-draft';
import { type RuleCatalogue, RuleContext } from './rule-context';
import { RuleGroup } from './rule-group';
import { SaveBar } from './save-bar';
import { useRuleHistory } from './use-rule-history';
import { useSegmentPreview } from './use-segment-preview';

export interface SegmentDraft {
  name: string;
  description: string;
  rule: SegmentRule;
}

interface SegmentEditorProps {
  catalogue: RuleCatalogue;
  saved: SegmentDraft;
  /** `force` saves over what somebody else saved meanwhile. */
  onSave: (draft: SegmentDraft, force: boolean) => Promise<ActionResult<{ revision: number }>>;
  readOnly?: boolean;
  explain?: Parameters<typeof ExplainContact>[0]['contact'];
}

function namesOf({ attributes, lists, segments, campaigns }: RuleCatalogue) {
  const byId = (things: { id: string; name: string }[]) => Object.fromEntries(things.map(({ id, name }) => [id, name]));
  return {
    attributes: Object.fromEntries(attributes.map(({ key, label }) => [key, label])),
    lists: byId(lists),
    segments: byId(segments),
    campaigns: byId(campaigns),
  };
}

/** A segment while it is made: its name, its rule in sentences, and beside it who matches at this moment. */
export function SegmentEditor({ catalogue, saved, onSave, readOnly = false, explain }: SegmentEditorProps) {
  const history = useRuleHistory(saved.rule);
  const [name, setName] = useState(saved.name);
  const [description, setDescription] = useState(saved.description);
  const [insist, setInsist] = useState(false);
  const [error, setError] = useState<ActionError>();
  const [kept, setKept] = useState(() => JSON.stringify(saved));
  const [pending, startTransition] = useTransition();
  const form = useRef<HTMLFormElement>(null);
  const { rule, problems } = useMemo(() => readDraft(history.draft), [history.draft]);
  const isDirty = rule === null || JSON.stringify({ name, description, rule }) !== kept;
  const preview = useSegmentPreview(rule);
  const question = useLeaveGuard(isDirty && !readOnly && !pending, 'this segment');
  const names = useMemo(() => namesOf(catalogue), [catalogue]);

  function save(force: boolean) {
    setInsist(true);
    if (rule === null || name.trim() === '') {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    const draft = { name: name.trim(), description: description.trim(), rule };
    startTransition(async () => {
      const result = await answerOf(onSave(draft, force));
      if (!result.ok) return setError(result.error);
      setError(undefined);
      setInsist(false);
      setKept(JSON.stringify({ name, description, rule }));
      toast.done(`“${draft.name}” is saved.`);
    });
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    save(false);
  }

  const isStale = error?.code === 'conflict' && /Somebody else/.test(error.message);
  const nameError = insist && name.trim() === '' ? 'Give the segment a name.' : undefined;
  return (
    <RuleContext value={{ catalogue, problems, insist, readOnly, change: history.change }}>
      <form
        ref={form}
        onSubmit={submit}
        noValidate
        onKeyDown={history.onKeyDown}
        className="grid items-start gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_20rem]"
      >
        <div className="flex min-w-0 flex-col gap-8">
          {error && (
            <Notice
              tone="failed"
              live
              title={error.message}
              actions={
                isStale && (
                  <>
                    <Button size="sm" onClick={() => window.open(window.location.href, '_blank')}>
                      Look at theirs in a new tab
                    </Button>
                    <Button size="sm" variant="dangerQuiet" pending={pending} onClick={() => save(true)}>
                      Save mine over it
                    </Button>
                  </>
                )
              }
            >
              {isStale ? 'What you made here is kept.' : undefined}
            </Notice>
          )}
          <fieldset disabled={readOnly} className="grid min-w-0 gap-6 sm:grid-cols-2">
            <legend className="sr-only">Name</legend>
            <Field label="Name" required error={nameError}>
              {(control) => (
                <Input {...control} value={name} maxLength={120} onChange={(event) => setName(event.target.value)} />
              )}
            </Field>
            <Field label="Description" optional>
              {(control) => (
                <Input
                  {...control}
                  value={description}
                  maxLength={500}
                  onChange={(event) => setDescription(event.target.value)}
                />
              )}
            </Field>
          </fieldset>
          <Section
            title="Who is in it"
            ruled
            actions={
              !readOnly && (
                <span className="flex">
                  <IconButton label="Undo" icon={<Undo2 />} disabled={!history.canUndo} onClick={history.undo} />
                  <IconButton label="Redo" icon={<Redo2 />} disabled={!history.canRedo} onClick={history.redo} />
                </span>
              )
            }
          >
            {readOnly ? (
              <p>{rule && describeRule(rule, names)}</p>
            ) : (
              <>
                <RuleGroup group={history.draft} />
                <p className="mt-6 border-rule border-t pt-3 text-ink-soft">
                  {rule ? describeRule(rule, names) : 'Finish the line that is open to read the rule as one sentence.'}
                </p>
              </>
            )}
          </Section>
          <Section
            title="Why is this contact in or out?"
            description="The rule line by line, answered for one person."
            ruled
          >
            <ExplainContact rule={rule} contact={explain} />
          </Section>
        </div>
        <div className="flex flex-col gap-6 lg:sticky lg:top-[calc(var(--bar,0px)+2rem)]">
          <LiveResult preview={preview} isUnfinished={rule === null} />
        </div>
        {!readOnly && (
          <SaveBar preview={preview} isDirty={isDirty} isSaved={!isDirty && saved.name !== ''} pending={pending} />
        )}
      </form>
      {question}
    </RuleContext>
  );
}
