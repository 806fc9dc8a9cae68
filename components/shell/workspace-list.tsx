'use client';

import { Plus } from 'lucide-react';
import Link from 'next/link';
import { startTransition } from 'react';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/dropdown-menu';
import { LogoMark } from './logo';
import { MenuButton } from './menu-button';

export interface WorkspaceSwitcherProps {
  current: { id: string; name: string };
  workspaces: { id: string; name: string }[];
  /** A server action. */
  onSwitch: (workspaceId: string) => Promise<void> | void;
  newHref?: string;
}

/** The menu itself, open at first. */
export function WorkspaceList({ current, workspaces, onSwitch, newHref }: WorkspaceSwitcherProps) {
  return (
    <Menu
      defaultOpen
      align="start"
      className="w-[14rem]"
      trigger={<MenuButton mark={<LogoMark />} label={<span className="font-semibold">{current.name}</span>} />}
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
