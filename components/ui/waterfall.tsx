import type { ReactNode } from 'react';
import { Link } from '@/components/ui/link';
import { cn } from './cn';
import { formatNumber } from './number';

export interface WaterfallExclusion {
  reason: string;
  label: string;
  count: number;
  href?: string;
}

interface WaterfallProps {
  /** Everybody matched, before anyone was left out. */
  from: { label: string; count: number; href?: string };
  exclusions: WaterfallExclusion[];
  audience: { label: string; count: number; href?: string };
  locale?: string;
  className?: string;
}

/** From everybody matched to the audience: each line takes people away for one reason, and says how many are left. */
export function Waterfall({ from, exclusions, audience, locale = 'en', className }: WaterfallProps) {
  const number = (value: number) => formatNumber(value, locale);
  let left = from.count;
  const lines = exclusions.map((exclusion) => {
    left -= exclusion.count;
    return { ...exclusion, left };
  });
  return (
    <table className={cn('w-full border-separate border-spacing-0 text-sm', className)}>
      <caption className="sr-only">
        {`${number(from.count)} matched, ${number(from.count - audience.count)} left out, ${number(audience.count)} in the audience`}
      </caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Reason</th>
          <th scope="col">Share</th>
          <th scope="col">People</th>
          <th scope="col">Left</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <Label href={from.href} className="border-ink border-t font-medium">
            {from.label}
          </Label>
          <Bar whole={from.count} left={from.count} gone={0} className="border-ink border-t" />
          <td className="border-ink border-t max-sm:hidden" />
          <Figure className="border-ink border-t font-medium">{number(from.count)}</Figure>
        </tr>
        {lines.map(({ reason, label, count, href, left: remaining }) => (
          <tr key={reason} data-reason={reason}>
            <Label href={href} className="border-rule border-t text-ink-soft">
              {label}
            </Label>
            <Bar whole={from.count} left={remaining} gone={count} className="border-rule border-t" />
            <Figure className="border-rule border-t">− {number(count)}</Figure>
            <Figure className="border-rule border-t text-ink-faint max-sm:hidden">{number(remaining)}</Figure>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <Label href={audience.href} className="double-rule border-ink border-t font-medium">
            {audience.label}
          </Label>
          <Bar whole={from.count} left={audience.count} gone={0} strong className="double-rule border-ink border-t" />
          <td className="double-rule border-ink border-t max-sm:hidden" />
          <Figure className="double-rule border-ink border-t font-medium">= {number(audience.count)}</Figure>
        </tr>
      </tfoot>
    </table>
  );
}

function Label({ href, children, className }: { href?: string; children: ReactNode; className: string }) {
  return (
    <th scope="row" className={cn('py-2 pr-4 text-left font-normal', className)}>
      {href ? (
        <Link
          href={href}
          className="rounded-xs decoration-rule-strong underline-offset-4 hover:text-link hover:underline"
        >
          {children}
        </Link>
      ) : (
        children
      )}
    </th>
  );
}

function Figure({ children, className }: { children: ReactNode; className: string }) {
  return <td className={cn('figure w-0 py-2 pl-4 text-right', className)}>{children}</td>;
}

interface BarProps {
  whole: number;
  left: number;
  gone: number;
  strong?: boolean;
  className: string;
}

function Bar({ whole, left, gone, strong = false, className }: BarProps) {
  const percent = (value: number) => `${whole > 0 ? (value / whole) * 100 : 0}%`;
  return (
    <td aria-hidden="true" className={cn('w-1/2 py-2 max-sm:hidden', className)}>
      <span className="flex h-2">
        <span className={strong ? 'bg-ink' : 'bg-rule-strong'} style={{ width: percent(left) }} />
        {gone > 0 && <span className="min-w-[2px] bg-skipped" style={{ width: percent(gone) }} />}
      </span>
    </td>
  );
}
