import { CalendarCheck, CircleMinus } from 'lucide-react';
import { RelativeTime } from '@/components/ui/relative-time';
import type { Planned } from '@/lib/domain/service-history';
import { plannedSentence } from '@/lib/domain/service-words';
import { Sentence } from './sentence';

function PlannedItem({ planned }: { planned: Planned }) {
  const comes = planned.verdict === 'will_receive';
  const Icon = comes ? CalendarCheck : CircleMinus;
  return (
    <li className="flex gap-3 border-rule border-b py-3">
      <Icon
        className={comes ? 'mt-0.5 size-4 shrink-0 text-waiting-ink' : 'mt-0.5 size-4 shrink-0 text-skipped-ink'}
        aria-hidden="true"
      />
      <p className="min-w-0 grow [overflow-wrap:anywhere]">
        <Sentence parts={plannedSentence(planned)} />
      </p>
      {planned.at && (
        <RelativeTime at={planned.at} className="shrink-0 text-ink-faint text-sm max-sm:hidden sm:w-28 sm:text-right" />
      )}
    </li>
  );
}

/** What is planned and what it will do for this customer; runs that do not address them are folded away. */
export function PlannedList({ planned }: { planned: Planned[] }) {
  const concerned = planned.filter(({ verdict }) => verdict !== 'not_addressed');
  const others = planned.filter(({ verdict }) => verdict === 'not_addressed');
  return (
    <>
      {concerned.length > 0 && (
        <ul className="border-ink border-t">
          {concerned.map((one) => (
            <PlannedItem key={`${one.runId} ${one.campaignId} ${one.at}`} planned={one} />
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <details className="group pt-3">
          <summary className="cursor-pointer rounded-xs text-ink-soft text-sm">
            {others.length === 1
              ? 'One planned campaign does not address this customer'
              : `${others.length} planned campaigns do not address this customer`}
          </summary>
          <ul className="mt-3 border-rule border-t">
            {others.map((one) => (
              <PlannedItem key={`${one.runId} ${one.campaignId} ${one.at}`} planned={one} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
