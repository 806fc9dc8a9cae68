'use client';

import { LogOut, UserRound } from 'lucide-react';
import { type ReactNode, startTransition } from 'react';
import { Link } from '@/components/ui/link';
import { MenuFrame as Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/menu-frame';
import { chooseScheme, type Scheme } from './colour-scheme';
import { SCHEMES, useScheme } from './theme-switch';

export interface UserMenuProps {
  /** The button, once the menu has come. */
  trigger: ReactNode;
  name: string;
  email: string;
  accountHref?: string;
  /** A server action. */
  onSignOut: () => Promise<void> | void;
}

/** The menu itself, open at first. */
export function UserMenuList({ trigger, name, email, accountHref = '/settings/account', onSignOut }: UserMenuProps) {
  const scheme = useScheme();
  return (
    <Menu align="start" side="top" className="w-[14rem]" trigger={trigger}>
      <div className="px-2 py-1.5">
        <div className="truncate font-medium">{name}</div>
        <div className="truncate text-ink-faint text-xs">{email}</div>
      </div>
      <MenuSeparator />
      <MenuLabel>Colour scheme</MenuLabel>
      <MenuChoice
        value={scheme}
        onChange={(value) => chooseScheme(value as Scheme)}
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
