'use client';

import { Moon, Search, Sun } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTheme } from 'next-themes';
import { useEffect, useState } from 'react';
import { cn } from '@/components/ui/cn';
import type { Command } from '@/components/ui/command-palette';
import { IconButton } from '@/components/ui/icon-button';
import { Kbd } from '@/components/ui/kbd';
import type { Role } from '@/lib/domain/role';
import { navFor } from './nav';

export interface CommandLauncherProps {
  memberRole: Role;
  demo: boolean;
  /** What can be started from anywhere: `New campaign`. */
  commands?: Command[];
  search?: (query: string) => Promise<Command[]>;
}

const CommandPalette = dynamic(async () => (await import('@/components/ui/command-palette')).CommandPalette, {
  ssr: false,
});
const OPEN_EVENT = 'waybill:palette';

/** Owns the palette and its ⌘K; once per page. */
export function CommandHost({ memberRole, demo, commands = [], search }: CommandLauncherProps) {
  const [open, setOpen] = useState(false);
  // loaded when it is first asked for
  const [wasOpened, setWasOpened] = useState(false);
  if (open && !wasOpened) setWasOpened(true);
  const { setTheme, resolvedTheme } = useTheme();

  useEffect(() => {
    const show = () => setOpen(true);
    function key(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      setOpen((shown) => !shown);
    }
    document.addEventListener('keydown', key);
    window.addEventListener(OPEN_EVENT, show);
    return () => {
      document.removeEventListener('keydown', key);
      window.removeEventListener(OPEN_EVENT, show);
    };
  }, []);

  const pages: Command[] = navFor(memberRole, demo)
    .flat()
    .map(({ key, label, href, icon: Icon, keywords }) => ({
      id: `go-${key}`,
      label,
      group: 'Go to',
      href,
      keywords,
      icon: <Icon />,
    }));
  const dark = resolvedTheme === 'dark';
  const scheme: Command = {
    id: 'scheme',
    label: dark ? 'Light colour scheme' : 'Dark colour scheme',
    group: 'Look',
    keywords: 'theme mode appearance',
    icon: dark ? <Sun /> : <Moon />,
    run: () => setTheme(dark ? 'light' : 'dark'),
  };

  return (
    wasOpened && (
      <CommandPalette open={open} onOpenChange={setOpen} commands={[...commands, ...pages, scheme]} search={search} />
    )
  );
}

function openPalette() {
  window.dispatchEvent(new Event(OPEN_EVENT));
}

export function CommandButton({ compact = false, className }: { compact?: boolean; className?: string }) {
  if (compact) {
    return (
      <IconButton label="Search and commands" icon={<Search />} size="lg" onClick={openPalette} className={className} />
    );
  }
  return (
    <button
      type="button"
      onClick={openPalette}
      className={cn(
        'flex h-9 w-full items-center gap-2.5 rounded-md border border-rule-strong bg-sheet px-2 text-ink-faint text-sm transition-colors hover:border-field',
        className,
      )}
    >
      <Search className="size-4 shrink-0" aria-hidden="true" />
      <span className="grow text-left">Find anything</span>
      <Kbd>⌘K</Kbd>
    </button>
  );
}
