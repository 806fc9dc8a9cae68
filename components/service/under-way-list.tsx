import { Stamp } from '@/components/ui/stamp';
import type { StepLine, UnderWay } from '@/lib/domain/service-history';
import { stepSentence } from '@/lib/domain/service-words';
import { Sentence } from './sentence';

function keyed(steps: StepLine[]): { key: string; step: StepLine }[] {
  return steps.map((step, place) => ({ key: `${place}`, step }));
}

/** The runs that have this customer on the way, step by step; steps that write records are folded away. */
export function UnderWayList({ runs }: { runs: UnderWay[] }) {
  return (
    <ul className="border-ink border-t">
      {runs.map(({ runId, campaign, status, statusReason, steps }) => {
        const messages = steps.filter(({ kind }) => kind === 'email' || kind === 'sms');
        const records = steps.filter(({ kind }) => kind === 'record').length;
        return (
          <li key={runId} className="border-rule border-b py-3">
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className="font-medium">{campaign}</span>
              <Stamp status={status} />
              {status === 'paused' && statusReason && <span className="text-ink-soft text-sm">{statusReason}</span>}
            </p>
            <ol className="mt-1 text-ink-soft">
              {keyed(messages).map(({ key, step }) => (
                <li key={key}>
                  <Sentence parts={[...stepSentence(step), '.']} />
                </li>
              ))}
            </ol>
            {records > 0 && (
              <p className="text-ink-faint text-xs">
                {records === 1 ? 'One more step writes a record.' : `${records} more steps write records.`}
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
}
