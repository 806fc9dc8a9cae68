'use client';

import { Plus } from 'lucide-react';
import { type ReactNode, startTransition } from 'react';
import { Link } from '@/components/ui/link';
import { MenuFrame as Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/menu-frame';

export interface WorkspaceSwitcherProps {
  /** The button, once the menu has come. */
  trigger: ReactNode;
  current: { id: string; name: string };
  workspaces: { id: string; name: string }[];
  /** A server action. */
  onSwitch: (workspaceId: string) => Promise<void> | void;
  newHref?: string;
}

/** The menu itself, open at first. */
export function WorkspaceList({ trigger, current, workspaces, onSwitch, newHref }: WorkspaceSwitcherProps) {
  return (
    <Menu align="start" className="w-[14rem]" trigger={trigger}>
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
