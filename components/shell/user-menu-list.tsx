'use client';

import { LogOut, UserRound } from 'lucide-react';
import Link from 'next/link';
import { startTransition } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/dropdown-menu';
import { MenuButton } from './menu-button';
import { SCHEMES, useScheme } from './theme-switch';

export interface UserMenuProps {
  name: string;
  email: string;
  accountHref?: string;
  /** A server action. */
  onSignOut: () => Promise<void> | void;
}

/** The menu itself, open at first. */
export function UserMenuList({ name, email, accountHref = '/settings/account', onSignOut }: UserMenuProps) {
  const [scheme, setScheme] = useScheme();
  return (
    <Menu
      defaultOpen
      align="start"
      side="top"
      className="w-[14rem]"
      trigger={<MenuButton mark={<Avatar name={name} />} label={<span className="font-medium">{name}</span>} />}
    >
      <div className="px-2 py-1.5">
        <div className="truncate font-medium">{name}</div>
        <div className="truncate text-ink-faint text-xs">{email}</div>
      </div>
      <MenuSeparator />
      <MenuLabel>Colour scheme</MenuLabel>
      <MenuChoice
        value={scheme}
        onChange={setScheme}
        options={SCHEMES.map(({ value, name: label, icon: Icon }) => ({ value, label, icon: <Icon /> }))}
      />
      <MenuSeparator />
      <MenuItem asChild>
        <Link href={accountHref}>
          <UserRound /> Account and sessions
        </Link>
      </MenuItem>
      <MenuItem icon={<LogOut />} onSelect={() => startTransition(async () => onSignOut())}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
