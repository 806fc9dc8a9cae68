'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { TabLinks } from '@/components/ui/tab-links';

/** On a narrow screen the row of tabs scrolls; the current one is brought into view. */
export function SettingsNav({ pages }: { pages: { href: string; label: string }[] }) {
  const pathname = usePathname();
  const row = useRef<HTMLDivElement>(null);
  const tabs = pages.map((page) => ({
    ...page,
    current: pathname === page.href || pathname.startsWith(`${page.href}/`),
  }));
  const current = tabs.findIndex((tab) => tab.current);

  useEffect(() => {
    row.current?.querySelectorAll('a')[current]?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [current]);

  return (
    <div ref={row}>
      <TabLinks label="Settings" tabs={tabs} />
    </div>
  );
}
