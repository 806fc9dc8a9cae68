'use client';

import { useState } from 'react';
import { LineNotice } from '@/components/runs/line-notice';
import { usePoll } from '@/components/runs/use-poll';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Link } from '@/components/ui/link';
import { RelativeTime } from '@/components/ui/relative-time';
import { Section } from '@/components/ui/section';
import { attentionWords } from '@/lib/domain/attention-words';
import type { Wire } from '@/lib/domain/wire';
import type { AttentionItem } from '@/lib/features/health/needs-attention';

const EVERY_MS = 10_000;
const SHOWN = 5;

/** What needs a person, the most urgent first; each leads to where it can be settled. */
export function Attention({ initial }: { initial: Wire<{ items: AttentionItem[] }> }) {
  const { data, line, asOfMs } = usePoll({ url: '/api/v1/runs/attention', initial, everyMs: () => EVERY_MS });
  const [all, setAll] = useState(false);
  const items = data.items.map((item) => ({
    ...attentionWords(item),
    since: item.since,
    key: item.kind + item.subjectId,
  }));
  return (
    <div className="flex flex-col gap-4">
      <LineNotice line={line} asOfMs={asOfMs} signInHref="/sign-in?to=/overview" />
      <Section title={items.length === 0 ? 'Nothing needs you now' : `Needs attention: ${items.length}`}>
        {items.length === 0 ? (
          <p className="border-ink border-t pt-3 text-ink-soft">
            No run is stalled, paused or in doubt, every recurring campaign came as expected, no provider is held back,
            and nothing failed in the last week.
          </p>
        ) : (
          <ul className="divide-y divide-rule border-ink border-t">
            {items.slice(0, all ? items.length : SHOWN).map(({ key, what, more, href, urgency, since }) => (
              <li
                key={key}
                className={cn(
                  'relative grid gap-x-6 border-l-4 py-2.5 pl-4 transition-colors hover:bg-well sm:grid-cols-[minmax(0,1fr)_auto]',
                  urgency === 'now' ? 'border-l-attention' : 'border-l-rule-strong',
                )}
              >
                <div className="min-w-0">
                  <Link
                    href={href}
                    className="font-medium [overflow-wrap:anywhere] after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-link"
                  >
                    {what}
                  </Link>
                  <p className="truncate text-ink-soft max-sm:whitespace-normal" title={more}>
                    {more}
                  </p>
                </div>
                <RelativeTime at={since} className="text-ink-faint" />
              </li>
            ))}
          </ul>
        )}
        {items.length > SHOWN && !all && (
          <Button size="sm" variant="quiet" className="mt-2 self-start" onClick={() => setAll(true)}>
            Show {items.length - SHOWN} more
          </Button>
        )}
      </Section>
    </div>
  );
}
