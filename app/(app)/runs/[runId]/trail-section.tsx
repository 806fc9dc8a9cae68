import { RelativeTime } from '@/components/ui/relative-time';
import { Section } from '@/components/ui/section';
import type { RunPart } from './run-live';
import { trailActor, trailWords } from './trail-words';

/** Everything that people and Waybill did to the run, newest first. */
export function TrailSection({ details }: RunPart) {
  const { entries } = details.trail;
  if (entries.length === 0) return null;
  return (
    <Section title="Trail" description="Part of the audit log, which cannot be changed unnoticed.">
      <ol className="divide-y divide-rule border-ink border-t">
        {entries.map(({ id, at, actor, action, data }) => (
          <li key={id} className="grid gap-x-6 py-2.5 sm:grid-cols-[11rem_minmax(0,1fr)]">
            <RelativeTime at={at} show="exact" className="text-ink-faint" />
            <span className="min-w-0 [overflow-wrap:anywhere]">
              <span className="font-medium">{trailActor(actor)}</span> {trailWords(action, data)}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
