import { Facts } from '@/components/ui/facts';
import { Link } from '@/components/ui/link';
import { formatNumber, Num } from '@/components/ui/number';
import { NumberLink } from '@/components/ui/number-link';
import { RelativeTime } from '@/components/ui/relative-time';
import { Section } from '@/components/ui/section';
import type { Wire } from '@/lib/domain/wire';
import type { QueueHealth } from '@/lib/features/health/queue-health';

/** What this workspace has queued, and how long the oldest has been waiting. */
export function QueueSection({ queue }: { queue: Wire<QueueHealth> }) {
  const { notices, events } = queue;
  return (
    <Section title="Queue" description="Of the runs of this workspace that are sending.">
      <Facts
        size="lg"
        facts={[
          {
            label: 'Due now',
            value: (
              <Link
                href="/runs?filter=sending"
                className="rounded-xs underline-offset-4 hover:text-link hover:underline"
              >
                <Num value={queue.dueDeliveries} />
              </Link>
            ),
            note: queue.oldestDueAt ? (
              <>
                oldest <RelativeTime at={queue.oldestDueAt} />
              </>
            ) : (
              'nothing waits'
            ),
          },
          {
            label: 'On the wire',
            value: (
              <NumberLink href={queue.onWire > 0 ? '/runs?filter=sending' : undefined}>
                <Num value={queue.onWire} />
              </NumberLink>
            ),
            note: queue.held === 1 ? '1 batch in work' : `${formatNumber(queue.held)} batches in work`,
          },
          {
            label: 'For later',
            value: (
              <NumberLink href={queue.laterDeliveries > 0 ? '/runs?filter=under_way' : undefined}>
                <Num value={queue.laterDeliveries} />
              </NumberLink>
            ),
            note: 'waves, wait steps, further attempts',
          },
          {
            label: 'Receipts and alarms',
            value: <Num value={notices.queued} />,
            note:
              notices.failed > 0
                ? `${formatNumber(notices.failed)} could not be told this week`
                : notices.oldestAt
                  ? 'being sent'
                  : 'all told',
          },
          {
            label: 'Reports of providers',
            value: <Num value={events.unmatched} />,
            note: events.oldestAt ? (
              <>
                unmatched, oldest <RelativeTime at={events.oldestAt} />
              </>
            ) : (
              'all taken in'
            ),
          },
        ]}
      />
    </Section>
  );
}
