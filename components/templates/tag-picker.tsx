'use client';

import { Braces } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { IconButton } from '@/components/ui/icon-button';
import { Input } from '@/components/ui/input';
import { OptionList, optionId } from '@/components/ui/option-list';
import { Popover } from '@/components/ui/popover';
import { Select } from '@/components/ui/select';
import { useListbox } from '@/components/ui/use-listbox';
import { SYSTEM_LABELS, type TagChoice } from './tag-choice';
import { tagFormats, tagSource, usualFallback } from './tag-source';

interface TagPickerProps {
  fields: TagChoice[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onInsert: (tag: string) => void;
  /** The text the tag goes into gets the focus back. */
  onClosed: () => void;
}

/** Finds a field by its name, asks what to say to those who lack it, and writes the tag. */
export function TagPicker({ fields, open, onOpenChange, onInsert, onClosed }: TagPickerProps) {
  const [field, setField] = useState<TagChoice | null>(null);

  function change(next: boolean) {
    setField(null);
    onOpenChange(next);
  }

  function insert(tag: string) {
    onInsert(tag);
    change(false);
  }

  return (
    <Popover
      label="Insert a field of the contact"
      open={open}
      onOpenChange={change}
      align="end"
      onCloseAutoFocus={(event) => {
        event.preventDefault();
        onClosed();
      }}
      className="w-72 p-0"
      trigger={<IconButton label="Insert a field of the contact" icon={<Braces />} />}
    >
      {field ? (
        <TagForm field={field} onInsert={insert} onBack={() => setField(null)} />
      ) : (
        <FieldList fields={fields} onField={setField} onSystem={(key) => insert(tagSource(key, '', null))} />
      )}
    </Popover>
  );
}

interface FieldListProps {
  fields: TagChoice[];
  onField: (field: TagChoice) => void;
  onSystem: (key: string) => void;
}

function FieldList({ fields, onField, onSystem }: FieldListProps) {
  const listId = useId();
  const [query, setQuery] = useState('');
  const system = Object.entries(SYSTEM_LABELS).map(([key, label]) => ({
    key,
    label,
    type: 'text' as const,
    isAttribute: false,
  }));
  const wanted = query.trim().toLowerCase();
  const shown = [...fields, ...system].filter(({ key, label }) => `${key} ${label}`.toLowerCase().includes(wanted));
  const listbox = useListbox(shown.length, choose);

  function choose(index: number) {
    const field = shown[index];
    if (!field) return;
    if (field.key in SYSTEM_LABELS) onSystem(field.key);
    else onField(field);
  }

  return (
    <>
      <div className="border-rule border-b px-3 focus-within:border-link">
        <input
          role="combobox"
          aria-label="Search fields"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={shown.length > 0 ? optionId(listId, listbox.active) : undefined}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            listbox.setActive(0);
          }}
          onKeyDown={listbox.onKeyDown}
          placeholder="Search fields…"
          className="h-10 w-full bg-transparent text-base focus-visible:outline-none sm:text-sm"
        />
      </div>
      <OptionList
        id={listId}
        label="Fields"
        active={listbox.active}
        onActive={listbox.setActive}
        onChoose={choose}
        className="max-h-72"
        options={shown.map(({ key, label }) => ({
          key,
          label,
          aside: <span className="font-mono">{key}</span>,
          selected: false,
        }))}
      />
      {shown.length === 0 && (
        <p className="px-3 pb-3 text-ink-faint">No field is called “{query}”. Import contacts with it first.</p>
      )}
    </>
  );
}

interface TagFormProps {
  field: TagChoice;
  onInsert: (tag: string) => void;
  onBack: () => void;
}

function TagForm({ field, onInsert, onBack }: TagFormProps) {
  const formats = tagFormats(field.type);
  const [format, setFormat] = useState(formats[0]?.value ?? 'plain');
  const [fallback, setFallback] = useState(usualFallback(field.key));
  const filter = formats.find(({ value }) => value === format)?.filter ?? '';
  const tag = tagSource(field.key, filter, fallback === '' ? null : fallback);

  return (
    <form
      className="flex flex-col gap-4 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        onInsert(tag);
      }}
    >
      <p className="font-medium">{field.label}</p>
      {formats.length > 1 && (
        <Field label="Written as">
          {(control) => (
            <Select
              {...control}
              value={format}
              onValueChange={setFormat}
              options={formats.map(({ value, label }) => ({ value, label }))}
            />
          )}
        </Field>
      )}
      <Field label="If it is empty, say" hint="Nothing here leaves a gap for people without it.">
        {(control) => (
          <Input {...control} autoFocus value={fallback} onChange={(event) => setFallback(event.target.value)} />
        )}
      </Field>
      <code className="rounded-sm bg-well px-2 py-1 font-mono text-xs [overflow-wrap:anywhere]">{tag}</code>
      <div className="flex justify-end gap-2">
        <Button size="sm" onClick={onBack}>
          Back
        </Button>
        <Button size="sm" type="submit" variant="primary">
          Insert
        </Button>
      </div>
    </form>
  );
}
