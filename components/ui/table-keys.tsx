'use client';

import { type ReactNode, useEffect, useRef } from 'react';
import { typingElsewhere } from './keys';

/** Lets j and k walk the rows of the table inside it, of the first one when a page has several; enter follows the focused row's link by itself. */
export function TableKeys({ children, className }: { children: ReactNode; className?: string }) {
  const frame = useRef<HTMLDivElement>(null);

  useEffect(() => {
    function walk(event: KeyboardEvent) {
      if ((event.key !== 'j' && event.key !== 'k') || typingElsewhere(event)) return;
      const holder =
        document.activeElement?.closest('[data-table-keys]') ?? document.querySelector('[data-table-keys]');
      if (holder !== frame.current) return;
      const links = Array.from(frame.current?.querySelectorAll<HTMLElement>('[data-row-link]') ?? []);
      if (links.length === 0) return;
      const current = links.indexOf(document.activeElement as HTMLElement);
      const next = current === -1 ? (event.key === 'j' ? 0 : links.length - 1) : current + (event.key === 'j' ? 1 : -1);
      const link = links[Math.max(0, Math.min(next, links.length - 1))];
      event.preventDefault();
      link?.focus();
      link?.scrollIntoView({ block: 'nearest' });
    }
    document.addEventListener('keydown', walk);
    return () => document.removeEventListener('keydown', walk);
  }, []);

  return (
    <div ref={frame} data-table-keys="" className={className}>
      {children}
    </div>
  );
}
