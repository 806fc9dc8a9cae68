'use client';

import { LoaderCircle, Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Dialog } from 'radix-ui';
import { type ReactNode, useEffect, useId, useState } from 'react';
import { cn } from './cn';
import { dialogStyle, scrimStyle } from './dialog-style';
import { Kbd } from './kbd';
import { OptionList, optionId } from './option-list';
import { useListbox } from './use-listbox';
import { useReturnFocus } from './use-return-focus';

export interface Command {
  id: string;
  label: string;
  /** `Go to`, `Contacts`; shown at the right. */
  group: string;
  hint?: string;
  keywords?: string;
  icon?: ReactNode;
  href?: string;
  run?: () => void;
}

interface CommandPaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  commands: Command[];
  /** Looks up contacts, campaigns, runs; its answers follow the commands that match. */
  search?: (query: string) => Promise<Command[]>;
}

const SEARCH_PAUSE_MS = 150;

function matches(command: Command, words: string[]): boolean {
  const text = `${command.label} ${command.group} ${command.keywords ?? ''}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** ⌘K: go anywhere, find anyone, start anything. */
export function CommandPalette({ open, onOpenChange, commands, search }: CommandPaletteProps) {
  const router = useRouter();
  const listId = useId();
  const returnFocus = useReturnFocus();
  const [query, setQuery] = useState('');
  const { found, searching, problem } = useFound(query, search);
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = [...commands.filter((command) => matches(command, words)), ...found];
  const listbox = useListbox(shown.length, choose);

  function change(next: boolean) {
    setQuery('');
    listbox.setActive(0);
    onOpenChange(next);
  }

  function choose(index: number) {
    const command = shown[index];
    if (!command) return;
    change(false);
    if (command.run) command.run();
    else if (command.href) router.push(command.href);
  }

  return (
    <Dialog.Root open={open} onOpenChange={change}>
      <Dialog.Portal>
        <Dialog.Overlay className={scrimStyle} />
        <Dialog.Content
          aria-describedby={undefined}
          className={cn(dialogStyle, 'max-w-xl overflow-hidden')}
          {...returnFocus}
        >
          <Dialog.Title className="sr-only">Search and commands</Dialog.Title>
          <div className="flex items-center gap-3 border-rule border-b px-4 focus-within:border-link">
            {searching ? (
              <LoaderCircle className="size-4 shrink-0 animate-spin text-ink-faint" aria-hidden="true" />
            ) : (
              <Search className="size-4 shrink-0 text-ink-faint" aria-hidden="true" />
            )}
            <input
              role="combobox"
              aria-label="Search and commands"
              aria-expanded={shown.length > 0}
              aria-controls={listId}
              aria-activedescendant={shown.length > 0 ? optionId(listId, listbox.active) : undefined}
              value={query}
              onChange={(event) => {
                setQuery(event.target.value);
                listbox.setActive(0);
              }}
              onKeyDown={listbox.onKeyDown}
              placeholder="Go to a page, find a contact, a campaign, a run…"
              className="h-12 w-full bg-transparent text-base focus-visible:outline-none"
            />
            <Kbd>esc</Kbd>
          </div>
          <OptionList
            id={listId}
            label="Results"
            active={listbox.active}
            onActive={listbox.setActive}
            onChoose={choose}
            className="max-h-[min(24rem,60dvh)]"
            options={shown.map(({ id, label, hint, icon, group }) => ({ key: id, label, hint, icon, aside: group }))}
          />
          <p role="status" className={cn('px-4 pb-4 text-ink-faint', shown.length > 0 && !problem && 'sr-only')}>
            {problem ??
              (shown.length > 0 ? `${shown.length} results` : searching ? 'Searching…' : `Nothing matches “${query}”.`)}
          </p>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function useFound(query: string, search: CommandPaletteProps['search']) {
  const wanted = query.trim();
  const [answer, setAnswer] = useState<{ query: string; found: Command[]; problem?: string }>({ query: '', found: [] });

  useEffect(() => {
    if (!search || wanted.length < 2) return;
    let stale = false;
    const timer = setTimeout(async () => {
      try {
        const found = await search(wanted);
        if (!stale) setAnswer({ query: wanted, found });
      } catch {
        if (!stale)
          setAnswer({ query: wanted, found: [], problem: 'The search did not answer. Try again in a moment.' });
      }
    }, SEARCH_PAUSE_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [wanted, search]);

  const active = search !== undefined && wanted.length >= 2;
  return {
    found: active ? answer.found : [],
    problem: active && answer.query === wanted ? answer.problem : undefined,
    searching: active && answer.query !== wanted,
  };
}
