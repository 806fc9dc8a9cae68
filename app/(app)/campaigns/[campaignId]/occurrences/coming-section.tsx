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
          <li key={plannedAt} className="flex min-h-11 flex-wrap items-center gap-x-6 gap-y-1 py-1.5">
            <RelativeTime at={plannedAt} show="zoned" className={cn('sm:w-60', skippedBy && 'line-through')} />
            <span className="grow text-ink-faint">
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
      className="max-sm:-ml-2.5"
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
