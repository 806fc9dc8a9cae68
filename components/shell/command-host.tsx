'use client';

import { lazy, Suspense, useEffect, useState } from 'react';
import { later } from '@/components/ui/later';
import type { Role } from '@/lib/domain/role';

const load = later(async () => ({ default: (await import('./command-list')).CommandList }));
const List = lazy(load);

/** Owns the palette, its ⌘K and its buttons; once per page. The palette itself is loaded when it is first asked for. */
export function CommandHost({ memberRole, demo }: { memberRole: Role; demo: boolean }) {
  const [open, setOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  if (open && !wasOpened) setWasOpened(true);

  useEffect(() => {
    const isButton = ({ target }: Event) => target instanceof Element && target.closest('[data-opens=palette]');
    function key(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      setOpen((shown) => !shown);
    }
    const click = (event: Event) => isButton(event) && setOpen(true);
    const near = (event: Event) => isButton(event) && void load();
    document.addEventListener('keydown', key);
    document.addEventListener('click', click);
    document.addEventListener('pointerover', near);
    return () => {
      document.removeEventListener('keydown', key);
      document.removeEventListener('click', click);
      document.removeEventListener('pointerover', near);
    };
  }, []);

  if (!wasOpened) return null;
  return (
    <Suspense>
      <List open={open} onOpenChange={setOpen} memberRole={memberRole} demo={demo} />
    </Suspense>
  );
}
