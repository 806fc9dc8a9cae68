'use client';

import { Bold, Italic, Link, List, ListOrdered, Strikethrough } from 'lucide-react';
import { type ClipboardEvent, type KeyboardEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { cn } from '@/components/ui/cn';
import { Field } from '@/components/ui/field';
import { IconButton } from '@/components/ui/icon-button';
import { Input } from '@/components/ui/input';
import { formatNumber } from '@/components/ui/number';
import { Textarea } from '@/components/ui/textarea';
import type { TagChoice } from './tag-choice';
import { TagPicker } from './tag-picker';
import { type Inserted, insertLink, insertTag, toggleList, toggleMark } from './tag-source';

interface TagFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  fields: TagChoice[];
  /** `line` is one line, `text` several, `rich` several with marks. */
  kind?: 'line' | 'text' | 'rich';
  error?: string;
  hint?: ReactNode;
  optional?: boolean;
  disabled?: boolean;
  placeholder?: string;
  rows?: number;
  /** At the right of the label: a counter. */
  aside?: ReactNode;
  mono?: boolean;
}

/** Far more than any field takes; drawing what is far longer would freeze the page. */
const MOST_PASTED = 100_000;

type Control = HTMLInputElement | HTMLTextAreaElement;

/** A text in which fields of the contact may stand. Typing `{{` opens the picker as well. */
export function TagField(props: TagFieldProps) {
  const {
    label,
    value,
    onChange,
    fields,
    kind = 'line',
    error,
    hint,
    optional,
    disabled,
    placeholder,
    rows,
    aside,
  } = props;
  const control = useRef<Control>(null);
  const [picking, setPicking] = useState(false);
  const [refused, setRefused] = useState<string>();
  const selection = useRef<{ start: number; end: number } | null>(null);

  function takeSelection() {
    const wanted = selection.current;
    if (!wanted || !control.current) return;
    selection.current = null;
    control.current.focus();
    control.current.setSelectionRange(wanted.start, wanted.end);
  }

  // while the picker is open the focus is its own; it is given back when the picker has closed
  // biome-ignore lint/correctness/useExhaustiveDependencies: the selection can be set once the new text is drawn
  useLayoutEffect(() => {
    if (!picking) takeSelection();
  }, [value]);

  function apply(change: (text: string, start: number, end: number) => Inserted) {
    const element = control.current;
    const start = element?.selectionStart ?? value.length;
    const end = element?.selectionEnd ?? start;
    const next = change(value, start, end);
    selection.current = { start: next.start, end: next.end };
    onChange(next.text);
  }

  function refuseTooLong(event: ClipboardEvent) {
    const { length } = event.clipboardData.getData('text');
    if (length <= MOST_PASTED) return;
    event.preventDefault();
    setRefused(`That is ${formatNumber(length)} characters, more than fits here. Nothing was pasted.`);
  }

  function type(element: Control) {
    setRefused(undefined);
    const before = element.value.slice(0, element.selectionStart ?? 0);
    onChange(element.value);
    if (before.endsWith('{{') && element.value.length > value.length) setPicking(true);
  }

  function shortcut(event: KeyboardEvent) {
    if (kind !== 'rich' || !(event.metaKey || event.ctrlKey) || event.shiftKey || event.altKey) return;
    const act = { b: MARKS[0]?.run, i: MARKS[1]?.run, k: insertLink }[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    apply(act);
  }

  const shared = { value, placeholder, disabled, onKeyDown: shortcut, onPaste: refuseTooLong, ref: control as never };
  const picker = !disabled && (
    <TagPicker
      fields={fields}
      open={picking}
      onOpenChange={setPicking}
      onClosed={() => (selection.current ? takeSelection() : control.current?.focus())}
      onInsert={(tag) => apply((text, start, end) => insertTag(text, start, end, tag))}
    />
  );
  return (
    <Field label={label} error={refused ?? error} hint={hint} optional={optional} aside={aside}>
      {(ids) =>
        kind === 'line' ? (
          <span className="relative flex">
            <Input
              {...ids}
              {...shared}
              mono={props.mono}
              onChange={(event) => type(event.target)}
              className={cn(!disabled && 'pr-10')}
            />
            <span className="absolute top-0.5 right-0.5">{picker}</span>
          </span>
        ) : (
          <span className="relative flex flex-col">
            {!disabled && kind === 'rich' && (
              <span className="flex items-center gap-0.5 rounded-t-md border border-field border-b-0 bg-well px-1 py-0.5">
                {MARKS.map(({ label: name, icon: Icon, run }) => (
                  <IconButton key={name} label={name} icon={<Icon />} onClick={() => apply(run)} />
                ))}
                <span className="ml-auto">{picker}</span>
              </span>
            )}
            <Textarea
              {...ids}
              {...shared}
              rows={rows}
              onChange={(event) => type(event.target)}
              className={cn(!disabled && (kind === 'rich' ? 'rounded-t-none' : 'pr-11'), 'max-h-[50dvh]')}
            />
            {kind === 'text' && <span className="absolute top-0.5 right-0.5">{picker}</span>}
          </span>
        )
      }
    </Field>
  );
}

const MARKS = [
  { label: 'Bold', icon: Bold, run: (text: string, start: number, end: number) => toggleMark(text, start, end, '**') },
  {
    label: 'Italic',
    icon: Italic,
    run: (text: string, start: number, end: number) => toggleMark(text, start, end, '*'),
  },
  {
    label: 'Struck through',
    icon: Strikethrough,
    run: (text: string, start: number, end: number) => toggleMark(text, start, end, '~~'),
  },
  { label: 'Link', icon: Link, run: insertLink },
  { label: 'List', icon: List, run: (text: string, start: number, end: number) => toggleList(text, start, end, false) },
  {
    label: 'Numbered list',
    icon: ListOrdered,
    run: (text: string, start: number, end: number) => toggleList(text, start, end, true),
  },
];
