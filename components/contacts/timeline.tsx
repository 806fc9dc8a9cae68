'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { readJson } from '@/components/shell/read-json';
import { Button } from '@/components/ui/button';
import { useZone } from '@/components/ui/clock';
import { cn } from '@/components/ui/cn';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { exactTime } from '@/components/ui/time-words';
import { describeInteraction, type InteractionWords } from '@/lib/domain/interaction';

export interface TimelineItem {
  id: string;
  at: string;
  type: string;
  runId: string | null;
  runName: string | null;
  campaignName: string | null;
  data: Record<string, unknown> | null;
}

export interface TimelinePage {
  items: TimelineItem[];
  nextCursor: string | null;
}

const DOT: Record<InteractionWords['tone'], string> = {
  accepted: 'bg-accepted',
  failed: 'bg-failed',
  doubt: 'border border-doubt bg-doubt-wash',
  skipped: 'bg-skipped',
  wish: 'bg-link',
  neutral: 'bg-rule-strong',
};

function dayOf(at: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone,
  });
  return format.format(new Date(at));
}

function hourOf(at: string, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(new Date(at));
}

/** Lines of the same day together. */
function byDay(items: TimelineItem[], timeZone: string): { day: string; items: TimelineItem[] }[] {
  const days: { day: string; items: TimelineItem[] }[] = [];
  for (const item of items) {
    const day = dayOf(item.at, timeZone);
    const last = days.at(-1);
    if (last?.day === day) last.items.push(item);
    else days.push({ day, items: [item] });
  }
  return days;
}

/** What happened with a contact, newest first, in sentences; older lines come when asked for. */
export function Timeline({ contactId, first }: { contactId: string; first: TimelinePage }) {
  const { viewerZone } = useZone();
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['timeline', contactId, first.items[0]?.id],
    initialData: { pages: [first], pageParams: [''] },
    initialPageParam: '',
    staleTime: Number.POSITIVE_INFINITY,
    getNextPageParam: ({ nextCursor }: TimelinePage) => nextCursor ?? undefined,
    queryFn: ({ pageParam, signal }) =>
      readJson<TimelinePage>(`/api/v1/contacts/${contactId}/history?${new URLSearchParams({ cursor: pageParam })}`, {
        signal,
      }),
  });
  // news from providers is dated when it happened, not when it came
  const items = data.pages.flatMap((page) => page.items).toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
  if (items.length === 0) {
    return (
      <p className="border-rule border-y py-6 text-ink-soft">
        Nothing has happened yet. Every message, opening, wish and consent appears here.
      </p>
    );
  }
  return (
    <div className="flex flex-col gap-6">
      {byDay(items, viewerZone).map(({ day, items: lines }) => (
        <section key={`${day} ${lines[0]?.id}`}>
          <h3 className="border-ink border-b pb-2 font-medium text-ink-soft text-xs">{day}</h3>
          <ol>
            {lines.map((line) => (
              <Line key={line.id} item={line} />
            ))}
          </ol>
        </section>
      ))}
      {error && (
        <Notice tone="failed" title="Older lines could not be read" live>
          {error.message}
        </Notice>
      )}
      {hasNextPage && (
        <Button className="self-start" pending={isFetchingNextPage} onClick={() => fetchNextPage()}>
          Show older
        </Button>
      )}
    </div>
  );
}

function Line({ item }: { item: TimelineItem }) {
  const { before, after, detail, tone } = describeInteraction(item);
  const { viewerZone } = useZone();
  const atMs = Date.parse(item.at);
  const name = item.campaignName ?? item.runName;
  return (
    <li className="grid grid-cols-[0.75rem_minmax(0,1fr)_auto] items-baseline gap-x-3 border-rule border-b py-2.5">
      <span aria-hidden="true" className={cn('size-2 self-center rounded-full', DOT[tone])} />
      <span className="[overflow-wrap:anywhere]">
        {before}{' '}
        {name &&
          (item.runId ? (
            <Link href={`/runs/${item.runId}`} className="rounded-xs font-medium hover:text-link hover:underline">
              {name}
            </Link>
          ) : (
            <span className="font-medium">{name}</span>
          ))}{' '}
        {after}
      </span>
      <time
        dateTime={item.at}
        title={exactTime(atMs, viewerZone, 'en', true)}
        className="figure text-ink-faint text-xs"
      >
        {hourOf(item.at, viewerZone)}
      </time>
      {detail && (
        <span className="col-start-2 col-end-4 text-ink-soft text-xs [overflow-wrap:anywhere]" dir="auto">
          {detail}
        </span>
      )}
    </li>
  );
}
