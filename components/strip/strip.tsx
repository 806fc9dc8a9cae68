'use client';

import { type ReactNode, useRef, useState } from 'react';
import { Bubble } from '@/components/ui/bubble';
import { cn } from '@/components/ui/cn';
import { Link } from '@/components/ui/link';
import { formatNumber, formatShare } from '@/components/ui/number';
import { describeStrip, STRIP_SEGMENTS, type StripCounts, type StripKey, stripTotal } from '@/lib/domain/strip';
import { Swatch, segmentBox } from './strip-bar';

interface StripProps {
  counts: StripCounts;
  /** What the counts are of: `Run of 21 November`. */
  label: string;
  /** Where each number leads: the rows behind it. */
  hrefs?: Partial<Record<StripKey, string>>;
  totalHref?: string;
  locale?: string;
  className?: string;
}

/**
 * The signature: one bar whose segments sum to the audience, and the sum written out beneath it. Same segments, same
 * order, same colours wherever a run, wave or step is shown; where it is narrow, zeros stand in pairs below the rest.
 */
export function Strip({ counts, label, hrefs = {}, totalHref, locale = 'en', className }: StripProps) {
  const [lit, setLit] = useState<StripKey | null>(null);
  const total = stripTotal(counts);
  const segments: SegmentView[] = STRIP_SEGMENTS.map(({ key, label: word, meaning }) => ({
    segment: key,
    word,
    meaning,
    count: counts[key],
    number: formatNumber(counts[key], locale),
    share: formatShare(counts[key], total, locale),
    href: hrefs[key],
    lit: lit === key,
    dimmed: lit !== null && lit !== key,
    onLit: setLit,
  }));

  return (
    <figure className={cn('@container flex min-w-0 flex-col gap-3', className)}>
      <figcaption className="sr-only">{`${label}: ${describeStrip(counts, locale)}`}</figcaption>
      <div aria-hidden="true" className="flex h-7 w-full">
        {total === 0 && <span className="grow border border-rule-strong border-dashed" />}
        {segments.map((view) => (
          <BarSegment key={view.segment} {...view} />
        ))}
      </div>
      <ul className="@max-2xl:grid @2xl:flex @max-2xl:grid-cols-2 @2xl:divide-x @max-2xl:divide-y divide-rule @max-2xl:gap-x-6">
        {segments.map((view) => (
          <FigureCell key={view.segment} {...view} />
        ))}
        <li className="@max-2xl:double-rule @max-2xl:order-2 @max-2xl:col-span-2 flex @2xl:min-w-28 @2xl:flex-col @2xl:items-end @max-2xl:items-baseline @max-2xl:justify-between @max-2xl:border-t-ink! py-1.5 @2xl:py-0 @2xl:pl-4">
          <span className="text-ink-faint text-xs">Audience</span>
          <FigureLink href={totalHref} className="figure @2xl:double-rule font-semibold text-base">
            <span className="font-normal text-ink-faint">= </span>
            {formatNumber(total, locale)}
          </FigureLink>
        </li>
      </ul>
    </figure>
  );
}

interface SegmentView {
  segment: StripKey;
  word: string;
  meaning: string;
  count: number;
  number: string;
  share: string;
  href: string | undefined;
  lit: boolean;
  dimmed: boolean;
  onLit: (segment: StripKey | null) => void;
}

function BarSegment({ segment, word, meaning, count, number, share, href, lit, dimmed, onLit }: SegmentView) {
  const fill = cn('segment block h-full w-full transition-opacity', dimmed && 'opacity-35');
  const box = segmentBox(count);
  const anchor = useRef<HTMLSpanElement>(null);
  return (
    <span ref={anchor} {...box} onPointerEnter={() => onLit(segment)} onPointerLeave={() => onLit(null)}>
      {count > 0 && href && <Link href={href} tabIndex={-1} data-segment={segment} className={fill} />}
      {count > 0 && !href && <span data-segment={segment} className={fill} />}
      {lit && count > 0 && (
        <Bubble anchor={anchor} className="pointer-events-none">
          <span className="font-medium tabular-nums">
            {number} {word.toLowerCase()} · {share}
          </span>
          <span className="block opacity-80">{meaning}</span>
        </Bubble>
      )}
    </span>
  );
}

function FigureCell({ segment, word, count, number, share, href, onLit }: SegmentView) {
  return (
    <li
      onPointerEnter={() => onLit(segment)}
      onPointerLeave={() => onLit(null)}
      onFocus={() => onLit(segment)}
      onBlur={() => onLit(null)}
      className={cn(
        count > 0 ? '@max-2xl:col-span-2' : '@max-2xl:order-1',
        'flex min-w-0 @2xl:grow @2xl:basis-0 @2xl:flex-col @2xl:items-end @max-2xl:items-baseline @max-2xl:gap-3 py-1.5 @2xl:py-0 @2xl:pr-4 @2xl:pl-3 @2xl:first:pl-0',
      )}
    >
      <span className={cn('flex items-center gap-1.5 text-xs', count > 0 ? 'text-ink-soft' : 'text-ink-faint')}>
        <Swatch segment={segment} className={cn(count === 0 && 'opacity-50')} />
        {word}
      </span>
      <FigureLink
        href={count > 0 ? href : undefined}
        className={cn(
          'figure @max-2xl:ml-auto text-right text-base',
          count === 0 ? 'text-ink-faint @max-2xl:text-sm' : '@max-2xl:min-w-16',
        )}
      >
        {number}
      </FigureLink>
      <span
        className={cn(
          'figure text-ink-faint text-xs',
          count > 0 ? '@max-2xl:order-1 @max-2xl:w-16 @max-2xl:text-right' : '@max-2xl:hidden',
        )}
      >
        {count > 0 && share}
      </span>
    </li>
  );
}

function FigureLink({
  href,
  children,
  className,
}: {
  href: string | undefined;
  children: ReactNode;
  className: string;
}) {
  if (!href) return <span className={className}>{children}</span>;
  return (
    <Link
      href={href}
      className={cn('rounded-xs decoration-rule-strong underline-offset-4 hover:text-link hover:underline', className)}
    >
      {children}
    </Link>
  );
}
