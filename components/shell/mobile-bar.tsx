import { Menu as MenuIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { buttonStyle } from '@/components/ui/button-style';
import { cn } from '@/components/ui/cn';
import { CommandButton } from './command-button';
import { Logo } from './logo';
import { MenuSheet } from './menu-sheet';

/** Below 1280 px the sidebar is a sheet behind this bar. */
export function MobileBar({ children }: { children: ReactNode }) {
  return (
    <header className="sticky top-0 z-30 flex h-14 items-center justify-between border-rule-strong border-b bg-paper px-2 xl:hidden">
      <MenuSheet className={cn(buttonStyle({ variant: 'quiet', size: 'lg' }), 'size-10 px-0')} icon={<MenuIcon />}>
        {children}
      </MenuSheet>
      <Logo />
      <CommandButton compact />
    </header>
  );
}
