import { Moon } from 'lucide-react';
import { rowsHref } from '@/components/runs/rows-href';
import { TextLink } from '@/components/ui/link-button';
import { counted } from '@/components/ui/number';
import { RelativeTime } from '@/components/ui/relative-time';
import { OUTSIDE_HOURS } from '@/lib/domain/error-words';
import type { RunPart } from './run-live';

type Waiting = RunPart['details']['now']['outsideHours'][number];

function WaitingLine({ runId, waiting, stepName }: { runId: string; waiting: Waiting; stepName: string }) {
  const { step, n, opensAt, whose, nextAt, lastAt, tooLate } = waiting;
  const where = whose === 'contact' ? ' where they are' : '';
  const isOneMoment = nextAt === lastAt;
  return (
    <li>
      <TextLink href={rowsHref(runId, { step, state: 'waiting', cause: OUTSIDE_HOURS })}>
        {counted(n, 'person waits', 'people wait')}
      </TextLink>{' '}
      for {stepName}
      {tooLate < n && ` until ${opensAt}${where}`}
      {tooLate === n ? (
        <>: the run gives up on them before their hours open, at </>
      ) : isOneMoment ? (
        <>, which is </>
      ) : (
        <>: the first go on </>
      )}
      {isOneMoment || tooLate === n ? (
        <RelativeTime at={nextAt} show="zoned" />
      ) : (
        <>
          <RelativeTime at={nextAt} />, the last on <RelativeTime at={lastAt} show="zoned" />
        </>
      )}
      .{tooLate > 0 && tooLate < n && ` For ${counted(tooLate, 'person', 'people')} that is after the run gives up.`}
    </li>
  );
}

/** Who waits for the hours in which they may be written to: by step, until when, and that it goes on by itself. */
export function HoursLine({ run, progress, details }: RunPart) {
  const { outsideHours } = details.now;
  if (progress.status !== 'sending' || outsideHours.length === 0) return null;
  return (
    <div className="flex items-start gap-2 text-ink-soft">
      <Moon className="mt-0.5 size-4 shrink-0 text-waiting-ink" aria-hidden="true" />
      <div>
        <ul>
          {outsideHours.map((waiting) => (
            <WaitingLine
              key={waiting.step}
              runId={run.id}
              waiting={waiting}
              stepName={run.outline[waiting.step]?.name ?? `step ${waiting.step + 1}`}
            />
          ))}
        </ul>
        <p className="text-ink-faint text-xs">Nothing has to be done: it goes on by itself.</p>
      </div>
    </div>
  );
}
