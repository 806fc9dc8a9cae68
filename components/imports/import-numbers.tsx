import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';
import { Link } from '@/components/ui/link';
import { TextLink } from '@/components/ui/link-button';
import { formatNumber, formatShare } from '@/components/ui/number';
import type { ImportState } from './import-state';

type CountKey = 'new' | 'updated' | 'unchanged' | 'rejected';

const PARTS: readonly { key: CountKey; label: string; fill: string }[] = [
  { key: 'new', label: 'New', fill: 'bg-accepted' },
  { key: 'updated', label: 'Updated', fill: 'bg-waiting' },
  { key: 'unchanged', label: 'Unchanged', fill: 'bg-rule-strong' },
  { key: 'rejected', label: 'Rejected', fill: 'bg-failed' },
];

interface ImportNumbersProps {
  counts: ImportState['counts'];
  /** People whom the updated rows are about, once that is known; rows can be more. */
  changed?: number;
  hrefs?: Partial<Record<CountKey | 'noted' | 'repeated', string>>;
}

/** What became of every row: four numbers that always add up to the rows that were read. */
export function ImportNumbers({ counts, changed, hrefs = {} }: ImportNumbersProps) {
  const { rows, updated, noted = 0 } = counts;
  const hrefOf = (key: CountKey) => (key === 'updated' && changed !== updated ? undefined : hrefs[key]);
  return (
    <figure className="@container flex flex-col gap-3">
      <figcaption className="sr-only">
        {`${formatNumber(rows)} rows: ${PARTS.map(({ key, label }) => `${formatNumber(counts[key])} ${label.toLowerCase()}`).join(', ')}`}
      </figcaption>
      <div aria-hidden="true" className="flex h-7 w-full gap-px">
        {rows === 0 && <span className="grow border border-rule-strong border-dashed" />}
        {PARTS.map(
          ({ key, fill }) =>
            counts[key] > 0 && (
              <span
                key={key}
                className={cn('min-w-[3px] transition-[flex-grow]', fill)}
                style={{ flexGrow: counts[key], flexBasis: 0 }}
              />
            ),
        )}
      </div>
      <ul className="@2xl:flex @2xl:divide-x @max-2xl:divide-y divide-rule">
        {PARTS.map(({ key, label, fill }) => (
          <li
            key={key}
            className="flex @2xl:grow @2xl:basis-0 @2xl:flex-col @2xl:items-end @max-2xl:items-baseline @max-2xl:gap-3 py-1.5 @2xl:py-0 @2xl:pr-4 @2xl:pl-3 @2xl:first:pl-0"
          >
            <span className="flex items-center gap-1.5 text-ink-soft text-xs">
              <span aria-hidden="true" className={cn('size-2.5', fill)} />
              {label}
            </span>
            <Figure href={hrefOf(key)} isZero={counts[key] === 0}>
              {formatNumber(counts[key])}
            </Figure>
            <span className="figure @max-2xl:order-1 @max-2xl:w-16 @max-2xl:text-right text-ink-faint text-xs">
              {counts[key] > 0 && formatShare(counts[key], rows)}
            </span>
          </li>
        ))}
        <li className="@max-2xl:double-rule flex @2xl:min-w-28 @2xl:flex-col @2xl:items-end @max-2xl:items-baseline @max-2xl:justify-between @max-2xl:border-t-ink! py-1.5 @2xl:py-0 @2xl:pl-4">
          <span className="text-ink-faint text-xs">Rows</span>
          <span className="figure @2xl:double-rule font-semibold text-base">
            <span className="font-normal text-ink-faint">= </span>
            {formatNumber(rows)}
          </span>
        </li>
      </ul>
      {changed !== undefined && changed < updated && (
        <p className="text-ink-soft text-sm">
          <Figure href={hrefs.updated} isZero={changed === 0} inline>
            {formatNumber(changed)}
          </Figure>{' '}
          {changed === 1 ? 'person who was' : 'people who were'} there before changed; the other updated rows are{' '}
          {hrefs.repeated ? <TextLink href={hrefs.repeated}>about somebody further up in the file</TextLink> : null}.
        </p>
      )}
      {noted > 0 && (
        <p className="text-ink-soft text-sm">
          <Figure href={hrefs.noted} isZero={false} inline>
            {formatNumber(noted)}
          </Figure>{' '}
          of the rows that were taken have a note, such as text that looks like a formula.
        </p>
      )}
    </figure>
  );
}

interface FigureProps {
  href: string | undefined;
  isZero: boolean;
  inline?: boolean;
  children: ReactNode;
}

function Figure({ href, isZero, inline = false, children }: FigureProps) {
  const style = cn(
    'figure',
    !inline && '@max-2xl:ml-auto @max-2xl:min-w-16 text-right text-base',
    isZero && 'text-ink-faint',
  );
  if (!href || isZero) return <span className={style}>{children}</span>;
  return (
    <Link
      href={href}
      className={cn(style, 'rounded-xs underline decoration-rule-strong underline-offset-4 hover:text-link')}
    >
      {children}
    </Link>
  );
}
