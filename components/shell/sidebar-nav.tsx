'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cn } from '@/components/ui/cn';
import { formatNumber } from '@/components/ui/number';
import type { Role } from '@/lib/domain/role';
import { isCurrent, type NavKey, navFor } from './nav';

/** A number beside a room; `attention` when a person is needed there. */
export interface NavBadge {
  count: number;
  attention?: boolean;
  /** What is counted, for screen readers: `runs under way`. */
  noun: string;
}

export interface SidebarNavProps {
  memberRole: Role;
  demo: boolean;
  badges?: Partial<Record<NavKey, NavBadge>>;
  onNavigate?: () => void;
}

export function SidebarNav({ memberRole, demo, badges = {}, onNavigate }: SidebarNavProps) {
  const pathname = usePathname();
  return (
    <nav aria-label="Main" className="flex flex-col gap-2">
      {navFor(memberRole, demo).map((group) => (
        <ul key={group[0]?.key} className="flex flex-col gap-px border-rule pt-2 not-first:border-t">
          {group.map(({ key, label, href, icon: Icon }) => {
            const current = isCurrent(href, pathname);
            const badge = badges[key];
            return (
              <li key={key}>
                <Link
                  href={href}
                  onClick={onNavigate}
                  aria-current={current ? 'page' : undefined}
                  className={cn(
                    'relative flex h-8 items-center gap-2.5 rounded-md px-2 text-sm transition-colors max-xl:h-10',
                    current
                      ? 'bg-sheet font-medium text-ink shadow-[inset_0_0_0_1px_var(--rule-strong)]'
                      : 'text-ink-soft hover:bg-rule/60 hover:text-ink',
                  )}
                >
                  <Icon className={cn('size-4 shrink-0', current ? 'text-ink' : 'text-ink-faint')} aria-hidden="true" />
                  <span className="grow truncate">{label}</span>
                  {badge && badge.count > 0 && (
                    <span
                      className={cn(
                        'figure text-xs',
                        badge.attention ? 'font-medium text-attention-ink' : 'text-ink-faint',
                      )}
                    >
                      {badge.attention && (
                        <span
                          aria-hidden="true"
                          className="mr-1.5 inline-block size-1.5 rounded-full bg-attention align-middle"
                        />
                      )}
                      {formatNumber(badge.count)}
                      <span className="sr-only"> {badge.noun}</span>
                    </span>
                  )}
                </Link>
              </li>
            );
          })}
        </ul>
      ))}
    </nav>
  );
}
