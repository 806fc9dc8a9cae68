'use client';

import { Search } from 'lucide-react';
import { Popover } from 'radix-ui';
import { type ReactNode, useId, useRef, useState } from 'react';
import { menuStyle } from '@/components/ui/menu-style';
import { OptionList, optionId } from '@/components/ui/option-list';
import { useListbox } from '@/components/ui/use-listbox';
import { useRule } from './rule-context';
import type { DraftCondition } from './rule-draft';
import { type Subject, subjectsOf } from './rule-subjects';

interface SubjectPickerProps {
  /** One button. */
  trigger: ReactNode;
  onPick: (condition: DraftCondition) => void;
  /** The line that is changed; without it a new one appears. */
  lineKey?: string;
}

/** Each word that was typed is in it somewhere: `never clicked` finds what is asked of clicks. */
function matches({ label, room, hint, also = '' }: Subject, wanted: string): boolean {
  const words = `${label} ${room} ${hint} ${also}`.toLowerCase();
  return wanted.split(/\s+/).every((word) => words.includes(word));
}

/** What a condition is about: found by typing, chosen by arrow keys and enter. */
export function SubjectPicker({ trigger, onPick, lineKey }: SubjectPickerProps) {
  const { catalogue } = useRule();
  const listId = useId();
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState('');
  const changed = useRef<string>(undefined);
  const wanted = query.trim().toLowerCase();
  const shown = open ? subjectsOf(catalogue).filter((subject) => matches(subject, wanted)) : [];
  const listbox = useListbox(shown.length, choose);

  function toggle(next: boolean) {
    setOpen(next);
    search('');
  }

  function search(text: string) {
    setQuery(text);
    listbox.setActive(0);
  }

  function choose(index: number) {
    const subject = shown[index];
    if (!subject) return;
    const condition = subject.make();
    changed.current = lineKey ?? condition.key;
    toggle(false);
    onPick(condition);
  }

  /** After a choice the next thing to do is in its line, not on the button that opened this. */
  function focusLine(event: Event) {
    const key = changed.current;
    changed.current = undefined;
    const line = key === undefined ? null : document.querySelector(`[data-condition="${CSS.escape(key)}"]`);
    const control = line?.querySelector<HTMLElement>('input, [role="combobox"], [aria-haspopup="listbox"]');
    if (!control) return;
    event.preventDefault();
    control.focus();
  }

  return (
    <Popover.Root open={open} onOpenChange={toggle}>
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label="Choose what the condition is about"
          onCloseAutoFocus={focusLine}
          className={`${menuStyle} w-80`}
        >
          <div className="flex items-center gap-2 border-rule border-b px-3 focus-within:border-link">
            <Search className="size-4 shrink-0 text-ink-faint" aria-hidden="true" />
            <input
              role="combobox"
              aria-label="Search attributes, lists, behaviour"
              aria-expanded="true"
              aria-controls={listId}
              aria-activedescendant={shown.length > 0 ? optionId(listId, listbox.active) : undefined}
              value={query}
              onChange={(event) => search(event.target.value)}
              onKeyDown={listbox.onKeyDown}
              placeholder="Plan, opened, list…"
              className="h-10 w-full bg-transparent text-base focus-visible:outline-none sm:text-sm"
            />
          </div>
          <OptionList
            id={listId}
            label="What the condition is about"
            active={listbox.active}
            onActive={listbox.setActive}
            onChoose={choose}
            className="max-h-72"
            options={shown.map(({ id, label, room, hint }) => ({ key: id, label, hint, aside: room }))}
          />
          {shown.length === 0 && <p className="px-3 pb-4 text-ink-faint text-sm">Nothing matches “{query}”.</p>}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
