'use client';

import { ChevronsUpDown } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';

interface MenuButtonProps extends ComponentProps<'button'> {
  mark: ReactNode;
  label: ReactNode;
}

/** A line of the sidebar that opens a menu. */
export function MenuButton({ mark, label, ...rest }: MenuButtonProps) {
  return (
    <button
      type="button"
      className="flex h-10 w-full items-center gap-2.5 rounded-md px-2 text-left text-sm transition-colors hover:bg-rule/60"
      {...rest}
    >
      {mark}
      <span className="min-w-0 grow truncate">{label}</span>
      <ChevronsUpDown className="size-4 shrink-0 text-ink-faint" aria-hidden="true" />
    </button>
  );
}
