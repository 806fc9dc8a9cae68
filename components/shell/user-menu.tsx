'use client';

import { ChevronsUpDown, LogOut, UserRound } from 'lucide-react';
import Link from 'next/link';
import { startTransition } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/dropdown-menu';
import { SCHEMES, useScheme } from './theme-switch';

interface UserMenuProps {
  name: string;
  email: string;
  accountHref?: string;
  /** A server action. */
  onSignOut: () => Promise<void> | void;
}

export function UserMenu({ name, email, accountHref = '/settings/account', onSignOut }: UserMenuProps) {
  const [scheme, setScheme] = useScheme();
  return (
    <Menu
      align="start"
      side="top"
      className="w-[14rem]"
      trigger={
        <button
          type="button"
          className="flex h-10 w-full items-center gap-2.5 rounded-md px-2 text-left text-sm transition-colors hover:bg-rule/60"
        >
          <Avatar name={name} />
          <span className="min-w-0 grow truncate font-medium">{name}</span>
          <ChevronsUpDown className="size-4 shrink-0 text-ink-faint" aria-hidden="true" />
        </button>
      }
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
