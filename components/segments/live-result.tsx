'use client';

import { LoaderCircle } from 'lucide-react';
import { cn } from '@/components/ui/cn';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { formatNumber, formatShare } from '@/components/ui/number';
import { Skeleton } from '@/components/ui/skeleton';
import { contactName } from '@/lib/domain/contact-name';
import type { LivePreview, SampleContact, SegmentPreview } from './use-segment-preview';

interface LiveResultProps {
  preview: LivePreview;
  /** A line of the rule is unfinished. */
  isUnfinished: boolean;
}

/** How many contacts match, and ten of them. */
export function LiveResult({ preview: { data, error, isCounting, isOld }, isUnfinished }: LiveResultProps) {
  return (
    <section aria-label="Who matches" className="flex flex-col gap-5">
      <Count data={data} isOld={isOld} isCounting={isCounting} isLost={error !== null} />
      {isUnfinished && <p className="text-ink-soft">A line is not finished; this is the number from before.</p>}
      {error && (
        <Notice tone="failed" title="The contacts could not be counted" live>
          {error.message}
        </Notice>
      )}
      {data ? <Samples {...data} isOld={isOld} /> : !error && <SamplesLoading />}
    </section>
  );
}

interface CountProps {
  data: SegmentPreview | undefined;
  isOld: boolean;
  isCounting: boolean;
  isLost: boolean;
}

function Count({ data, isOld, isCounting, isLost }: CountProps) {
  const share = data && data.total > 0 ? data.count / data.total : 0;
  return (
    <div>
      <p className="flex items-center gap-2 text-ink-faint text-xs">
        Contacts that match
        {isCounting && <LoaderCircle className="size-3 animate-spin" aria-hidden="true" />}
      </p>
      <p aria-live="polite" aria-atomic="true" aria-busy={isOld}>
        {data ? (
          <>
            <span className="font-medium text-xl tabular-nums">
              {!data.isExact && 'about '}
              {formatNumber(data.count)}
            </span>
            <span className="ml-2 text-ink-soft">
              of {formatNumber(data.total)}
              {data.total > 0 && `, ${formatShare(data.count, data.total)}`}
            </span>
          </>
        ) : isLost ? (
          <span className="font-medium text-ink-faint text-xl">–</span>
        ) : (
          <Skeleton className="mt-1 h-8 w-32" />
        )}
      </p>
      <span className="mt-2 block h-1.5 overflow-hidden rounded-xs bg-rule" aria-hidden="true">
        <span
          className={cn('block h-full bg-ink transition-[width,opacity]', isOld && 'opacity-50')}
          style={{ width: `${share * 100}%` }}
        />
      </span>
    </div>
  );
}

interface SamplesProps {
  samples: SampleContact[];
  count: number;
  total: number;
  isOld: boolean;
}

function Samples({ samples, count, total, isOld }: SamplesProps) {
  if (total === 0) {
    return (
      <p className="border-rule border-t pt-4 text-ink-soft">
        There are no contacts yet. The rule can be saved all the same; it finds whoever fits by the time it is used.
      </p>
    );
  }
  if (samples.length === 0) {
    return <p className="border-rule border-t pt-4 text-ink-soft">Nobody matches. Loosen a condition to see people.</p>;
  }
  return (
    <div aria-busy={isOld}>
      <h3 className="border-ink border-b pb-2 font-medium text-ink-soft text-xs">
        {count > samples.length ? `The newest ${samples.length} of them` : 'All of them'}
      </h3>
      <ul>
        {samples.map((sample) => {
          const name = contactName(sample);
          const detail = [sample.email, sample.phone].filter((one) => one && one !== name).join(' · ');
          return (
            <li key={sample.id} className="border-rule border-b py-2">
              <Link
                href={`/contacts/${sample.id}`}
                className="block truncate rounded-xs font-medium hover:text-link hover:underline"
              >
                {name}
              </Link>
              {detail && <span className="block truncate text-ink-faint text-xs">{detail}</span>}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function SamplesLoading() {
  return (
    <div className="flex flex-col gap-3" aria-hidden="true">
      {[60, 45, 70, 50].map((width) => (
        <Skeleton key={width} className="h-4" />
      ))}
    </div>
  );
}
