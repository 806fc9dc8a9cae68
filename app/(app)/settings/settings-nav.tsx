'use client';

import { usePathname } from 'next/navigation';
import { TabLinks } from '@/components/ui/tab-links';

export function SettingsNav({ pages }: { pages: { href: string; label: string }[] }) {
  const pathname = usePathname();
  const tabs = pages.map((page) => ({
    ...page,
    current: pathname === page.href || pathname.startsWith(`${page.href}/`),
  }));
  return <TabLinks label="Settings" tabs={tabs} />;
}
