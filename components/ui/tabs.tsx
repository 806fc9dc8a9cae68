'use client';

import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn';
import { tabListStyle, tabStyle } from './tab-style';

interface TabsProps {
  /** Their accessible name. */
  label: string;
  tabs: { value: string; label: ReactNode; count?: ReactNode; content: ReactNode }[];
  defaultValue?: string;
  value?: string;
  onValueChange?: (value: string) => void;
  className?: string;
}

/** Parts of one page that need no address of their own; otherwise use `TabLinks`. */
export function Tabs({ label, tabs, defaultValue, className, ...rest }: TabsProps) {
  return (
    <Radix.Root defaultValue={defaultValue ?? tabs[0]?.value} className={className} {...rest}>
      <Radix.List aria-label={label} className={tabListStyle}>
        {tabs.map((tab) => (
          <Radix.Trigger key={tab.value} value={tab.value} className={tabStyle}>
            {tab.label}
            {tab.count !== undefined && <span className="figure text-ink-faint text-xs">{tab.count}</span>}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} className={cn('rounded-sm pt-6')}>
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
