'use client';

import { Combobox } from '@/components/ui/combobox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import type { FlowStep, StepCondition } from '@/lib/domain/campaign';
import { ATTRIBUTE_TEST_LABELS, ENGAGEMENT_LABELS } from '@/lib/domain/campaign-flow';
import { STEP_KIND_LABELS } from '@/lib/domain/step-kind';
import { contactFields, useBuilder } from './builder-context';

type ConditionalStep = Exclude<FlowStep, { kind: 'wait' }>;
type Engagement = Extract<StepCondition, { kind: 'engagement' }>;
type Attribute = Extract<StepCondition, { kind: 'attribute' }>;

interface ConditionFormProps {
  step: ConditionalStep;
  index: number;
  onChange: (step: FlowStep) => void;
}

const ENGAGEMENTS = Object.entries(ENGAGEMENT_LABELS) as [Engagement['is'], string][];
const TESTS = Object.entries(ATTRIBUTE_TEST_LABELS) as [Attribute['op'], string][];
/** A text message cannot be seen opened. */
const OF_SMS = new Set<Engagement['is']>([
  'delivered',
  'not_delivered',
  'failed',
  'not_failed',
  'clicked',
  'not_clicked',
]);
const OF_RECORD = new Set<Engagement['is']>(['failed', 'not_failed']);

function fitting(kind: FlowStep['kind'] | undefined): [Engagement['is'], string][] {
  if (kind === 'sms') return ENGAGEMENTS.filter(([is]) => OF_SMS.has(is));
  return kind === 'record' ? ENGAGEMENTS.filter(([is]) => OF_RECORD.has(is)) : ENGAGEMENTS;
}

/** For whom the step runs, or who goes on after it: everybody who gets here, or only if something holds at that moment. */
export function ConditionForm({ step, index, onChange }: ConditionFormProps) {
  const { draft } = useBuilder();
  const earlier = draft.flow.slice(0, index).filter(({ kind }) => kind !== 'wait' && kind !== 'condition');
  const lastMessage = [...earlier].reverse().find(({ kind }) => kind === 'email' || kind === 'sms') ?? earlier.at(-1);
  const { onlyIf } = step;
  const isGate = step.kind === 'condition';

  function choose(kind: string) {
    if (kind === 'engagement' && lastMessage) {
      const is = lastMessage.kind === 'email' ? 'not_opened' : lastMessage.kind === 'sms' ? 'not_delivered' : 'failed';
      set({ kind, stepId: lastMessage.id, is });
    } else if (kind === 'attribute') set({ kind, field: 'language', op: 'is_set' });
    else if (step.kind !== 'condition') {
      const { onlyIf: _, ...rest } = step;
      onChange(rest);
    }
  }

  const set = (next: StepCondition) => onChange({ ...step, onlyIf: next });
  return (
    <div className="flex flex-col gap-3">
      <Field label={isGate ? 'Who goes on' : 'For whom'}>
        {(control) => (
          <Select
            {...control}
            className="max-w-sm"
            value={onlyIf?.kind ?? 'everybody'}
            onValueChange={choose}
            options={[
              ...(isGate ? [] : [{ value: 'everybody', label: 'Everybody who gets here' }]),
              { value: 'engagement', label: 'Only after a certain outcome', disabled: earlier.length === 0 },
              { value: 'attribute', label: 'Only people with a certain attribute' },
            ]}
          />
        )}
      </Field>
      {onlyIf?.kind === 'engagement' && <EngagementLine condition={onlyIf} earlier={earlier} onChange={set} />}
      {onlyIf?.kind === 'attribute' && <AttributeLine condition={onlyIf} onChange={set} />}
      {onlyIf && (
        <p className="text-ink-faint text-xs">
          {isGate
            ? 'Asked when the contact gets here. Whoever it does not hold for goes no further. Put a wait before it, to give people time.'
            : 'Asked when the contact gets to this step. Whoever it does not hold for skips the step.'}
        </p>
      )}
    </div>
  );
}

interface EngagementLineProps {
  condition: Engagement;
  earlier: FlowStep[];
  onChange: (condition: StepCondition) => void;
}

function EngagementLine({ condition, earlier, onChange }: EngagementLineProps) {
  const looked = earlier.find(({ id }) => id === condition.stepId);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select
        aria-label="Which step"
        className="w-56"
        placeholder="Choose a step before this one"
        value={looked ? condition.stepId : ''}
        onValueChange={(stepId) => {
          const next = earlier.find(({ id }) => id === stepId);
          const fits = fitting(next?.kind);
          const is = fits.some(([each]) => each === condition.is) ? condition.is : (fits[0]?.[0] ?? condition.is);
          onChange({ ...condition, stepId, is });
        }}
        options={earlier.map(({ id, name, kind }) => ({ value: id, label: name || STEP_KIND_LABELS[kind] }))}
      />
      <Select
        aria-label="What happened with it"
        className="w-48"
        value={condition.is}
        onValueChange={(value) => {
          const is = ENGAGEMENTS.find(([each]) => each === value)?.[0];
          if (is) onChange({ ...condition, is });
        }}
        options={fitting(looked?.kind).map(([value, label]) => ({ value, label }))}
      />
    </div>
  );
}

function AttributeLine({
  condition,
  onChange,
}: {
  condition: Attribute;
  onChange: (condition: StepCondition) => void;
}) {
  const { choices } = useBuilder();
  const needsValue = condition.op === 'equals' || condition.op === 'not_equals';
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Combobox
        aria-label="Which attribute"
        noun="attributes"
        className="w-56"
        options={contactFields(choices).map(({ key, label }) => ({ value: key, label, aside: key }))}
        value={[condition.field]}
        onChange={([field]) => field && onChange({ ...condition, field })}
      />
      <Select
        aria-label="How it is compared"
        className="w-36"
        value={condition.op}
        onValueChange={(value) => {
          const op = TESTS.find(([each]) => each === value)?.[0];
          if (!op) return;
          const { value: before, ...rest } = condition;
          const keeps = op === 'equals' || op === 'not_equals';
          onChange({ ...rest, op, ...(keeps && { value: before ?? '' }) });
        }}
        options={TESTS.map(([value, label]) => ({ value, label }))}
      />
      {needsValue && (
        <Input
          aria-label="Value"
          className="w-48"
          maxLength={200}
          value={String(condition.value ?? '')}
          onChange={(event) => onChange({ ...condition, value: event.target.value })}
        />
      )}
    </div>
  );
}
