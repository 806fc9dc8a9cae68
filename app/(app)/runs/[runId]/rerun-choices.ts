import { ERROR_CLASSES, type ErrorClass } from '@/lib/domain/delivery-error';
import { splitCause } from '@/lib/domain/error-words';
import { runCounts } from '@/lib/domain/run-words';
import type { RerunOptions } from '@/lib/features/runs/rerun-options';
import type { IssueGroup } from '@/lib/features/runs/run-issues';
import type { RunPart } from './run-live';

export interface RerunChoice {
  value: string;
  kind: 'continue' | 'retry' | 'doubt' | 'from_step' | 'new_matches' | 'everybody';
  label: string;
  hint: string;
  /** Null while it is being counted. */
  people: number | null;
  step?: number;
  disabled: boolean;
  /** What the button says. */
  action: (n: number) => string;
}

const number = (n: number) => n.toLocaleString('en');

/** Failed deliveries by the class of their error. */
export function classCounts(
  issues: readonly Pick<IssueGroup, 'state' | 'cause' | 'n'>[],
): { errorClass: ErrorClass; n: number }[] {
  return ERROR_CLASSES.flatMap((errorClass) => {
    const n = issues
      .filter(({ state, cause }) => state === 'failed' && splitCause(cause).errorClass === errorClass)
      .reduce((sum, group) => sum + group.n, 0);
    return n > 0 ? [{ errorClass, n }] : [];
  });
}

/** The six ways on, from the most careful to the most expensive; `options` is null while it is being counted. */
export function rerunChoices(
  { progress, rights }: Pick<RunPart, 'progress' | 'rights'>,
  options: Pick<RerunOptions, 'newMatches' | 'everybody' | 'fromStep'> | null,
): RerunChoice[] {
  const counts = runCounts(progress);
  const { status } = progress;
  const dead = status === 'cancelled' || status === 'failed';
  const start = (n: number) => `Start a run for ${number(n)}`;
  return [
    {
      value: 'continue',
      kind: 'continue',
      label: 'Continue',
      hint: status === 'paused' ? 'Goes on exactly where it stopped.' : 'Only a paused run can go on.',
      people: counts.waiting,
      disabled: status !== 'paused' || !rights.control,
      action: (n) => `Continue with ${number(n)}`,
    },
    {
      value: 'retry',
      kind: 'retry',
      label: 'Retry what failed',
      hint: dead
        ? 'Not in a run that was stopped for good.'
        : 'The same messages to those they were definitely not sent to.',
      people: counts.failed,
      disabled: dead || !rights.control,
      action: (n) => `Retry ${number(n)}`,
    },
    {
      value: 'doubt',
      kind: 'doubt',
      label: 'Decide what is in doubt',
      hint: 'One by one or together, with the evidence.',
      people: counts.in_doubt,
      disabled: !rights.control,
      action: (n) => `Look at ${number(n)}`,
    },
    {
      value: 'new_matches',
      kind: 'new_matches',
      label: 'Only people who match now and were not reached',
      hint: 'A new run of the same content; nobody whom this campaign has reached is in it.',
      people: options?.newMatches ?? null,
      disabled: !rights.launch,
      action: start,
    },
    // the steps are known before they are counted, so that nothing moves when the numbers arrive
    ...progress.steps.slice(1).map(
      ({ step, name }): RerunChoice => ({
        value: `from_step_${step}`,
        kind: 'from_step',
        label: `From step ${step + 1}, ${name}`,
        hint: 'A new run that begins there, for those who got past the step before it.',
        people: options ? (options.fromStep.find((each) => each.step === step)?.people ?? 0) : null,
        step,
        disabled: !rights.launch,
        action: start,
      }),
    ),
    {
      value: 'everybody',
      kind: 'everybody',
      label: 'Everybody, from the beginning',
      hint: 'A new run of the same content for everybody who matches now, also those who have it already.',
      people: options?.everybody ?? null,
      disabled: !rights.launch,
      action: (n) => `Send to all ${number(n)} again`,
    },
  ];
}
