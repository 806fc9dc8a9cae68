import { Section } from '@/components/ui/section';
import { Waterfall } from '@/components/ui/waterfall';
import { EXCLUSION_REASONS, type ExclusionReason, REASON_LABELS } from '@/lib/domain/delivery';
import type { RunPart } from './run-live';

function isReason(reason: string): reason is ExclusionReason {
  return EXCLUSION_REASONS.some((each) => each === reason);
}

const placeOf = (reason: string) => (isReason(reason) ? EXCLUSION_REASONS.indexOf(reason) : EXCLUSION_REASONS.length);

/** From everybody on the lists to the audience, one line per reason. */
export function PeopleSection({ run, progress }: RunPart) {
  if (progress.listTotal === null) return null;
  const excluded = [...progress.excluded].sort((a, b) => placeOf(a.reason) - placeOf(b.reason));
  const [firstStep] = progress.steps;
  return (
    <Section title="Audience" description="Frozen when the run started; later changes to the lists do not touch it.">
      <Waterfall
        from={{ label: 'On the lists and segments', count: progress.listTotal }}
        exclusions={excluded.map(({ reason, n }) => ({
          reason,
          label: isReason(reason) ? REASON_LABELS[reason] : reason,
          count: n,
          href: `/runs/${run.id}/excluded?reason=${encodeURIComponent(reason)}`,
        }))}
        audience={{
          label: 'Audience',
          count: progress.audience,
          href: `/runs/${run.id}/deliveries?step=${firstStep?.step ?? 0}`,
        }}
      />
    </Section>
  );
}
