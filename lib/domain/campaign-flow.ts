import type { FlowStep, StepCondition } from './campaign';
import { FIELD_LABELS } from './contact';
import { STEP_KIND_LABELS, type StepKind } from './step-kind';

/** Columns of a record step that are facts of the run and not of the contact. */
export const RUN_COLUMN_LABELS: Readonly<Record<string, string>> = {
  outcome: 'Outcome of the message before',
  sent_at: 'Time of the message before',
  campaign: 'Name of the campaign',
  step: 'Name of the step',
};

const DAY_MS = 86_400_000;

/** What a condition asks at first: whether the last message before it had its effect. */
function firstCondition(before: readonly FlowStep[]): StepCondition {
  const message = before.findLast(({ kind }) => kind === 'email' || kind === 'sms');
  if (!message) return { kind: 'attribute', field: 'language', op: 'is_set' };
  return { kind: 'engagement', stepId: message.id, is: message.kind === 'email' ? 'opened' : 'delivered' };
}

/** An empty step of a kind to stand at `at`, with an id that the flow does not have yet. */
export function newStep(kind: StepKind, flow: readonly FlowStep[], at = flow.length): FlowStep {
  let n = 1;
  while (flow.some((step) => step.id === `${kind}_${n}`)) n += 1;
  const id = `${kind}_${n}`;
  const same = flow.filter((step) => step.kind === kind).length;
  const name = same === 0 ? STEP_KIND_LABELS[kind] : `${STEP_KIND_LABELS[kind]} ${same + 1}`;
  const base = { id, name, continueWhen: 'accepted' as const };
  switch (kind) {
    case 'email':
    case 'sms':
      return { ...base, kind, templateId: '', senderId: '' };
    case 'record':
      return {
        ...base,
        kind,
        sink: { kind: 'table', outputTableId: '' },
        columns: ['external_id', 'outcome', 'sent_at'],
      };
    case 'condition':
      return { ...base, kind, onlyIf: firstCondition(flow.slice(0, at)) };
    case 'wait':
      return { ...base, kind, until: { kind: 'duration', ms: DAY_MS } };
  }
}

export function insertStep(flow: readonly FlowStep[], at: number, step: FlowStep): FlowStep[] {
  return [...flow.slice(0, at), step, ...flow.slice(at)];
}

export function replaceStep(flow: readonly FlowStep[], step: FlowStep): FlowStep[] {
  return flow.map((each) => (each.id === step.id ? step : each));
}

/** A template's line as a person would say it: fallbacks for tags that have one, ‹the field› for others. */
export function plainSummary(source: string): string {
  return source
    .replace(/\{%[^%]*%\}/g, '')
    .replace(/\{\{[^}]*?fallback:\s*"([^"]*)"[^}]*\}\}/g, '$1')
    .replace(/\{\{\s*([\w.]+)[^}]*\}\}/g, '‹$1›')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The flow with one step a place up or down; unchanged at an end. */
export function moveStep(flow: readonly FlowStep[], id: string, by: -1 | 1): FlowStep[] {
  const from = flow.findIndex((step) => step.id === id);
  const step = flow[from];
  const to = from + by;
  if (!step || to < 0 || to >= flow.length) return [...flow];
  return insertStep(
    flow.filter((each) => each.id !== id),
    to,
    step,
  );
}

/**
 * The flow without a step. Conditions of other steps that looked at it go too, because nothing could answer them; a step
 * that is a condition stays and says so, because without it everybody would go on.
 */
export function removeStep(flow: readonly FlowStep[], id: string): FlowStep[] {
  return flow
    .filter((step) => step.id !== id)
    .map((step) => {
      if (
        step.kind === 'wait' ||
        step.kind === 'condition' ||
        step.onlyIf?.kind !== 'engagement' ||
        step.onlyIf.stepId !== id
      )
        return step;
      const { onlyIf: _, ...rest } = step;
      return rest;
    });
}

export const ENGAGEMENT_LABELS: Record<Extract<StepCondition, { kind: 'engagement' }>['is'], string> = {
  opened: 'was opened',
  not_opened: 'was not opened',
  clicked: 'was clicked',
  not_clicked: 'was not clicked',
  delivered: 'was delivered',
  not_delivered: 'was not delivered',
  failed: 'failed',
  not_failed: 'did not fail',
};

export const ATTRIBUTE_TEST_LABELS: Record<Extract<StepCondition, { kind: 'attribute' }>['op'], string> = {
  equals: 'is',
  not_equals: 'is not',
  is_set: 'is known',
  is_not_set: 'is not known',
};

/** A condition in words, to stand after “Only if”. */
export function describeCondition(
  condition: StepCondition,
  flow: readonly FlowStep[],
  labels: Readonly<Record<string, string>> = {},
): string {
  if (condition.kind === 'engagement') {
    const name = flow.find((step) => step.id === condition.stepId)?.name;
    return `${name ? `“${name}”` : 'a step that is gone'} ${ENGAGEMENT_LABELS[condition.is]}`;
  }
  const label = labels[condition.field] ?? FIELD_LABELS[condition.field] ?? condition.field;
  const needsValue = condition.op === 'equals' || condition.op === 'not_equals';
  const value = needsValue ? ` “${String(condition.value ?? '')}”` : '';
  return `${label} ${ATTRIBUTE_TEST_LABELS[condition.op]}${value}`;
}

export const DURATION_UNITS = [
  { unit: 'minutes', ms: 60_000 },
  { unit: 'hours', ms: 3_600_000 },
  { unit: 'days', ms: DAY_MS },
  { unit: 'weeks', ms: 7 * DAY_MS },
] as const;
export type DurationUnit = (typeof DURATION_UNITS)[number]['unit'];

/** A duration as a whole number of its largest fitting unit; what fits none is given in minutes, rounded up. */
export function durationParts(ms: number): { n: number; unit: DurationUnit } {
  for (const { unit, ms: size } of [...DURATION_UNITS].reverse()) {
    if (ms > 0 && ms % size === 0) return { n: ms / size, unit };
  }
  return { n: Math.ceil(ms / 60_000), unit: 'minutes' };
}

export function durationMsOf(n: number, unit: DurationUnit): number {
  return n * (DURATION_UNITS.find((each) => each.unit === unit)?.ms ?? 60_000);
}

/** `1 day`, `90 minutes`. */
export function durationWords(ms: number): string {
  const { n, unit } = durationParts(ms);
  return `${n} ${n === 1 ? unit.slice(0, -1) : unit}`;
}
