import type { ReactNode } from 'react';
import { Link } from '@/components/ui/link';
import { pillListStyle, pillStyle, tabListStyle, tabStyle } from './tab-style';

interface TabLinksProps {
  label: string;
  tabs: { href: string; label: ReactNode; count?: ReactNode; current: boolean }[];
  /** Quieter, for a choice within the view that tabs above have chosen. */
  pills?: boolean;
}

/** Tabs that live in the address, so that a view can be linked to. */
export function TabLinks({ label, tabs, pills = false }: TabLinksProps) {
  return (
    <nav aria-label={label} className={pills ? pillListStyle : tabListStyle}>
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          aria-current={tab.current ? 'page' : undefined}
          data-state={tab.current ? 'active' : 'inactive'}
          className={pills ? pillStyle : tabStyle}
        >
          {tab.label}
          {tab.count !== undefined && <span className="figure text-ink-faint text-xs">{tab.count}</span>}
        </Link>
      ))}
    </nav>
  );
}
