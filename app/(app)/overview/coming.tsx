import { Repeat } from 'lucide-react';
import { Link } from '@/components/ui/link';
import { RelativeTime } from '@/components/ui/relative-time';
import { Section } from '@/components/ui/section';
import type { Wire } from '@/lib/domain/wire';
import type { ComingOccurrence } from '@/lib/features/occurrences/recurring-campaigns';
import type { RunListRow } from '@/lib/features/runs/browse-runs';

interface Item {
  key: string;
  href: string;
  name: string;
  at: string;
  recurs: boolean;
  more: number;
}

interface ComingProps {
  runs: Wire<RunListRow>[];
  occurrences: Wire<ComingOccurrence>[];
}

function itemsOf({ runs, occurrences }: ComingProps): Item[] {
  const single = runs.flatMap(({ id, name, scheduledAt }): Item[] =>
    scheduledAt ? [{ key: id, href: `/runs/${id}`, name, at: scheduledAt, recurs: false, more: 0 }] : [],
  );
  const repeated = occurrences.map(
    ({ campaignId, name, plannedAt, more }): Item => ({
      key: `${campaignId} ${plannedAt}`,
      href: `/campaigns/${campaignId}/occurrences`,
      name,
      at: plannedAt,
      recurs: true,
      more,
    }),
  );
  return [...single, ...repeated].sort((a, b) => (a.at < b.at ? -1 : 1));
}

/** What starts by itself within the week: scheduled runs, and campaigns that recur. */
export function Coming(props: ComingProps) {
  const items = itemsOf(props);
  return (
    <Section title="Coming in the next 7 days">
      {items.length === 0 ? (
        <p className="border-ink border-t pt-3 text-ink-soft">
          Nothing is scheduled. A campaign can be launched at a time of its own, or come again and again.
        </p>
      ) : (
        <ul className="divide-y divide-rule border-ink border-t">
          {items.map(({ key, href, name, at, recurs, more }) => (
            <li
              key={key}
              className="relative flex flex-wrap items-baseline justify-between gap-x-6 py-2.5 hover:bg-well"
            >
              <Link
                href={href}
                className="min-w-0 font-medium [overflow-wrap:anywhere] after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-link"
              >
                {name}
                {recurs && <Repeat aria-label="recurs" className="ml-2 inline size-3.5 text-ink-faint" />}
              </Link>
              <span className="flex flex-wrap gap-x-3 text-ink-soft">
                <RelativeTime at={at} />
                <RelativeTime at={at} show="zoned" className="text-ink-faint" />
              </span>
              {more > 0 && <span className="basis-full text-ink-faint text-xs">and {more} more in these days</span>}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
