'use client';

import { Menu as MenuIcon } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { Sheet } from '@/components/ui/sheet';
import { CommandButton } from './command-launcher';
import { Logo } from './logo';
import { SidebarNav, type SidebarNavProps } from './sidebar-nav';

interface MobileBarProps extends SidebarNavProps {
  workspace: ReactNode;
  userMenu: ReactNode;
}

/** Below 1280 px the sidebar is a sheet behind this bar. */
export function MobileBar({ workspace, userMenu, ...nav }: MobileBarProps) {
  const [open, setOpen] = useState(false);
  return (
    <header className="sticky top-0 z-30 flex h-14 items-center justify-between border-rule-strong border-b bg-paper px-2 xl:hidden">
      <Sheet
        side="left"
        title="Menu"
        open={open}
        onOpenChange={setOpen}
        className="w-72 max-w-[85vw]"
        trigger={<IconButton label="Menu" icon={<MenuIcon />} size="lg" />}
      >
        <div className="-mx-3 -mt-3 flex flex-col gap-3">
          {workspace}
          <SidebarNav {...nav} onNavigate={() => setOpen(false)} />
          <div className="border-rule border-t pt-3">{userMenu}</div>
        </div>
      </Sheet>
      <Logo />
      <CommandButton compact />
    </header>
  );
}
