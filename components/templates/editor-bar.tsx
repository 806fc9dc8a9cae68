'use client';

import { Redo2, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Breadcrumb } from '@/components/ui/breadcrumb';
import { FieldError } from '@/components/ui/field';
import { IconButton } from '@/components/ui/icon-button';
import { Stamp } from '@/components/ui/stamp';

interface EditorBarProps {
  name: string;
  onRename: (name: string) => void;
  isReadOnly: boolean;
  isArchived: boolean;
  undo: (() => void) | null;
  redo: (() => void) | null;
  status: ReactNode;
  actions: ReactNode;
}

/** What is being edited, whether it is kept, and what can be done with it as a whole. */
export function EditorBar(props: EditorBarProps) {
  const { name, onRename, isReadOnly, isArchived, undo, redo, status, actions } = props;
  const isNameless = name.trim() === '';
  return (
    <header className="flex flex-col gap-1 pb-6">
      <Breadcrumb trail={[{ label: 'Templates', href: '/templates' }]} />
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <h1 className="flex min-w-0 grow basis-64 items-center gap-3 font-semibold text-xl">
          {isReadOnly ? (
            <span className="min-w-0 [overflow-wrap:anywhere]">{name}</span>
          ) : (
            <input
              aria-label="Name of the template"
              aria-invalid={isNameless || undefined}
              value={name}
              maxLength={120}
              onChange={(event) => onRename(event.target.value)}
              className="-ml-2 w-full min-w-0 rounded-md border border-transparent bg-transparent px-2 transition-colors hover:border-rule-strong focus:border-field aria-invalid:border-failed-ink"
            />
          )}
          {isArchived && <Stamp status="archived" />}
        </h1>
        <div className="flex flex-wrap items-center gap-1">
          {status}
          {!isReadOnly && (
            <span className="flex">
              <IconButton label="Undo (⌘Z)" icon={<Undo2 />} disabled={!undo} onClick={undo ?? undefined} />
              <IconButton label="Redo (⇧⌘Z)" icon={<Redo2 />} disabled={!redo} onClick={redo ?? undefined} />
            </span>
          )}
          {actions}
        </div>
      </div>
      <FieldError message={isNameless ? 'A name is missing.' : undefined} />
    </header>
  );
}
