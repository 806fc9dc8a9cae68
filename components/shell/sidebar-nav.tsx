import { cn } from '@/components/ui/cn';
import { formatNumber } from '@/components/ui/number';
import type { Role } from '@/lib/domain/role';
import { type NavKey, navFor } from './nav';
import { NavLink } from './nav-link';

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
}

export function SidebarNav({ memberRole, demo, badges = {} }: SidebarNavProps) {
  return (
    <nav aria-label="Main" className="flex flex-col gap-2">
      {navFor(memberRole, demo).map((group) => (
        <ul key={group[0]?.key} className="flex flex-col gap-px border-rule pt-2 not-first:border-t">
          {group.map(({ key, label, href, icon: Icon }) => (
            <li key={key}>
              <NavLink
                href={href}
                className="group/nav relative flex h-8 items-center gap-2.5 rounded-md px-2 text-ink-soft text-sm transition-colors not-aria-[current=page]:hover:bg-rule/60 hover:text-ink aria-[current=page]:bg-sheet aria-[current=page]:font-medium aria-[current=page]:text-ink aria-[current=page]:shadow-[inset_0_0_0_1px_var(--rule-strong)] max-xl:h-10"
              >
                <Icon
                  className="size-4 shrink-0 text-ink-faint group-aria-[current=page]/nav:text-ink"
                  aria-hidden="true"
                />
                <span className="grow truncate">{label}</span>
                <Badge badge={badges[key as NavKey]} />
              </NavLink>
            </li>
          ))}
        </ul>
      ))}
    </nav>
  );
}

function Badge({ badge }: { badge: NavBadge | undefined }) {
  if (!badge || badge.count === 0) return null;
  return (
    <span className={cn('figure text-xs', badge.attention ? 'font-medium text-attention-ink' : 'text-ink-faint')}>
      {badge.attention && (
        <span aria-hidden="true" className="mr-1.5 inline-block size-1.5 rounded-full bg-attention align-middle" />
      )}
      {formatNumber(badge.count)}
      <span className="sr-only"> {badge.noun}</span>
    </span>
  );
}
