import { Facts } from '@/components/ui/facts';
import { formatNumber, Num } from '@/components/ui/number';
import { NumberLink } from '@/components/ui/number-link';
import { RelativeTime } from '@/components/ui/relative-time';
import { Section } from '@/components/ui/section';
import type { Wire } from '@/lib/domain/wire';
import type { QueueHealth } from '@/lib/features/health/queue-health';

/** What this workspace has queued, and how long the oldest has been waiting. */
export function QueueSection({ queue }: { queue: Wire<QueueHealth> }) {
  const { notices, events } = queue;
  const linked = (n: number, href: string) => (
    <NumberLink href={n > 0 ? href : undefined}>
      <Num value={n} />
    </NumberLink>
  );
  return (
    <Section title="Queue" description="Of the runs of this workspace that are sending.">
      <Facts
        size="lg"
        facts={[
          {
            label: 'Due now',
            value: linked(queue.dueDeliveries, '/health/queue?of=due'),
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
            value: linked(queue.onWire, '/health/queue?of=on_wire'),
            note: queue.held === 1 ? '1 batch in work' : `${formatNumber(queue.held)} batches in work`,
          },
          {
            label: 'For later',
            value: linked(queue.laterDeliveries, '/health/queue?of=later'),
            note: 'waves, wait steps, further attempts',
          },
          {
            label: 'Receipts and alarms',
            value: linked(notices.queued, '/health/notices'),
            note:
              notices.failed > 0 ? (
                <NumberLink href="/health/notices?left=untold">
                  {formatNumber(notices.failed)} could not be told this week
                </NumberLink>
              ) : notices.oldestAt ? (
                'being sent'
              ) : (
                'all told'
              ),
          },
          {
            label: 'Reports of providers',
            value: linked(events.unmatched, '/health/reports'),
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
