'use client';

import { ChevronsUpDown, Plus } from 'lucide-react';
import Link from 'next/link';
import { startTransition } from 'react';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/dropdown-menu';
import { LogoMark } from './logo';

interface WorkspaceSwitcherProps {
  current: { id: string; name: string };
  workspaces: { id: string; name: string }[];
  /** A server action. */
  onSwitch: (workspaceId: string) => Promise<void> | void;
  newHref?: string;
}

/** Which workspace this is; with only one and no way to make another, simply its name. */
export function WorkspaceSwitcher({ current, workspaces, onSwitch, newHref }: WorkspaceSwitcherProps) {
  const name = <span className="min-w-0 grow truncate font-semibold">{current.name}</span>;
  const frame = 'flex h-10 w-full items-center gap-2.5 rounded-md px-2 text-left text-sm';
  if (workspaces.length < 2 && !newHref) {
    return (
      <div className={frame}>
        <LogoMark />
        {name}
      </div>
    );
  }
  return (
    <Menu
      align="start"
      className="w-[14rem]"
      trigger={
        <button type="button" className={`${frame} transition-colors hover:bg-rule/60`}>
          <LogoMark />
          {name}
          <ChevronsUpDown className="size-4 shrink-0 text-ink-faint" aria-hidden="true" />
        </button>
      }
    >
      <MenuLabel>Workspaces</MenuLabel>
      <MenuChoice
        value={current.id}
        onChange={(id) => startTransition(async () => onSwitch(id))}
        options={workspaces.map(({ id, name: label }) => ({ value: id, label }))}
      />
      {newHref && (
        <>
          <MenuSeparator />
          <MenuItem asChild>
            <Link href={newHref}>
              <Plus /> New workspace
            </Link>
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
