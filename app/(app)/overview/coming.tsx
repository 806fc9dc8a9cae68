import { Link } from '@/components/ui/link';
import { RelativeTime } from '@/components/ui/relative-time';
import { Section } from '@/components/ui/section';
import type { Wire } from '@/lib/domain/wire';
import type { RunListRow } from '@/lib/features/runs/browse-runs';

/** What starts by itself within the week. */
export function Coming({ runs }: { runs: Wire<RunListRow>[] }) {
  return (
    <Section title="Coming in the next 7 days">
      {runs.length === 0 ? (
        <p className="border-ink border-t pt-3 text-ink-soft">
          Nothing is scheduled. A campaign can be launched at a time of its own.
        </p>
      ) : (
        <ul className="divide-y divide-rule border-ink border-t">
          {runs.map(({ id, name, scheduledAt }) => (
            <li
              key={id}
              className="relative flex flex-wrap items-baseline justify-between gap-x-6 py-2.5 hover:bg-well"
            >
              <Link
                href={`/runs/${id}`}
                className="min-w-0 font-medium [overflow-wrap:anywhere] after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-link"
              >
                {name}
              </Link>
              {scheduledAt && (
                <span className="flex gap-3 text-ink-soft">
                  <RelativeTime at={scheduledAt} />
                  <RelativeTime at={scheduledAt} show="zoned" className="text-ink-faint" />
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
