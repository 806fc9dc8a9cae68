import { StepIcon } from '@/components/campaigns/step-icon';
import { Strip } from '@/components/strip/strip';
import { EmptyState } from '@/components/ui/empty-state';
import { Section } from '@/components/ui/section';
import { STEP_KIND_LABELS, type StepKind } from '@/lib/domain/step-kind';
import { STRIP_SEGMENTS, type StripKey } from '@/lib/domain/strip';
import type { RunPart } from './run-live';

function kindOf(kind: string): StepKind {
  return kind in STEP_KIND_LABELS ? (kind as StepKind) : 'record';
}

function hrefsOf(runId: string, step: number): Record<StripKey, string> {
  const entries = STRIP_SEGMENTS.map(({ key }) => [key, `/runs/${runId}/deliveries?step=${step}&state=${key}`]);
  return Object.fromEntries(entries) as Record<StripKey, string>;
}

/** Each step of the flow as a sheet of its own whose numbers add up to the audience. */
export function StepsSection({ run, progress }: RunPart) {
  if (progress.audience === 0 && progress.listTotal === null) return null;
  if (progress.audience === 0) {
    return (
      <EmptyState kind="filtered" title="Nobody was in the audience">
        Everybody on the lists was left out; the waterfall below says why.
      </EmptyState>
    );
  }
  const lines = run.outline.map((outline, index) => ({
    ...outline,
    index,
    counts: progress.steps.find(({ step }) => step === index)?.counts,
  }));
  return (
    <Section id="steps" title={progress.steps.length > 1 ? 'Steps' : 'Outcome'}>
      <ol className="flex flex-col">
        {lines.map(({ id, name, kind, index, counts }) => {
          return (
            <li key={id} className="border-rule border-t py-5 first:border-ink">
              <h3 className="flex items-center gap-2 pb-3 font-medium">
                <span className="figure w-5 text-ink-faint">{index + 1}</span>
                <StepIcon kind={kindOf(kind)} className="text-ink-faint" />
                <span className="min-w-0 [overflow-wrap:anywhere]">{name}</span>
                <span className="font-normal text-ink-faint text-xs">{STEP_KIND_LABELS[kindOf(kind)]}</span>
              </h3>
              {counts ? (
                <Strip
                  label={`Step ${index + 1}, ${name}`}
                  counts={counts}
                  hrefs={hrefsOf(run.id, index)}
                  totalHref={`/runs/${run.id}/deliveries?step=${index}`}
                />
              ) : (
                <p className="pl-7 text-ink-soft">
                  {kind === 'wait'
                    ? 'Everybody waits here before the next step.'
                    : 'Not part of this run: it began later.'}
                </p>
              )}
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
