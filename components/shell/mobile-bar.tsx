'use client';

import { Menu as MenuIcon } from 'lucide-react';
import dynamic from 'next/dynamic';
import { type ReactNode, useState } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { CommandButton } from './command-launcher';
import { Logo } from './logo';
import { SidebarNav, type SidebarNavProps } from './sidebar-nav';

const Sheet = dynamic(async () => (await import('@/components/ui/sheet')).Sheet, { ssr: false });

interface MobileBarProps extends SidebarNavProps {
  workspace: ReactNode;
  userMenu: ReactNode;
}

/** Below 1280 px the sidebar is a sheet behind this bar. */
export function MobileBar({ workspace, userMenu, ...nav }: MobileBarProps) {
  const [open, setOpen] = useState(false);
  // loaded when it is first asked for
  const [wasOpened, setWasOpened] = useState(false);
  if (open && !wasOpened) setWasOpened(true);
  return (
    <header className="sticky top-0 z-30 flex h-14 items-center justify-between border-rule-strong border-b bg-paper px-2 xl:hidden">
      <IconButton
        label="Menu"
        icon={<MenuIcon />}
        size="lg"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(true)}
      />
      {wasOpened && (
        <Sheet side="left" title="Menu" open={open} onOpenChange={setOpen} className="w-72 max-w-[85vw]">
          <div className="-mx-3 -mt-3 flex flex-col gap-3">
            {workspace}
            <SidebarNav {...nav} onNavigate={() => setOpen(false)} />
            <div className="border-rule border-t pt-3">{userMenu}</div>
          </div>
        </Sheet>
      )}
      <Logo />
      <CommandButton compact />
    </header>
  );
}
