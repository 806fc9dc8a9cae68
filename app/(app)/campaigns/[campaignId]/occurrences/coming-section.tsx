'use client';

import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { RelativeTime } from '@/components/ui/relative-time';
import { Section } from '@/components/ui/section';
import { useAct } from '../../../runs/[runId]/use-act';
import { skip } from './actions';
import type { OccurrencesWire } from './occurrences-live';

interface ComingSectionProps {
  campaignId: string;
  coming: OccurrencesWire['coming'];
  mayLaunch: boolean;
  refresh: () => Promise<void>;
}

/** The next occurrences; any one of them can be left out. */
export function ComingSection({ campaignId, coming, mayLaunch, refresh }: ComingSectionProps) {
  return (
    <Section title="To come" description="Who is in the audience is decided when each begins.">
      <ul aria-label="Coming occurrences" className="divide-y divide-rule border-ink border-t">
        {coming.map(({ plannedAt, skippedBy }) => (
          <li
            key={plannedAt}
            className="grid min-h-11 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6 py-1.5 sm:grid-cols-[15rem_minmax(0,1fr)_auto]"
          >
            <RelativeTime at={plannedAt} show="zoned" className={cn(skippedBy && 'line-through')} />
            <span className="row-start-2 text-ink-faint sm:row-start-auto">
              {skippedBy ? `left out by ${skippedBy.name}` : <RelativeTime at={plannedAt} />}
            </span>
            {mayLaunch && (
              <SkipButton
                campaignId={campaignId}
                plannedAt={plannedAt}
                isSkipped={skippedBy !== null}
                refresh={refresh}
              />
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

interface SkipButtonProps {
  campaignId: string;
  plannedAt: string;
  isSkipped: boolean;
  refresh: () => Promise<void>;
}

function SkipButton({ campaignId, plannedAt, isSkipped, refresh }: SkipButtonProps) {
  const { pending, act } = useAct(refresh);
  return (
    <Button
      size="sm"
      variant="quiet"
      className="max-sm:row-span-2"
      pending={pending}
      onClick={() =>
        act(
          () => skip({ campaignId, plannedAt, skip: !isSkipped }),
          () => (isSkipped ? 'It comes as planned.' : 'It is left out. The others come as planned.'),
        )
      }
    >
      {isSkipped ? 'Let it come' : 'Leave it out'}
    </Button>
  );
}
