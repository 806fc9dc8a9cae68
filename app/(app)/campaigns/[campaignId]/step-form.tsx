'use client';

import { DurationInput } from '@/components/campaigns/duration-input';
import { MomentInput } from '@/components/campaigns/moment-input';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { RadioGroup } from '@/components/ui/radio-group';
import { Segmented } from '@/components/ui/segmented';
import type { FlowStep } from '@/lib/domain/campaign';
import { useBuilder } from './builder-context';
import { ConditionForm } from './condition-form';
import { MessageForm } from './message-form';
import { RecordForm } from './record-form';

interface StepFormProps {
  step: FlowStep;
  index: number;
  onChange: (step: FlowStep) => void;
}

const DAY_MS = 86_400_000;

/** What one step does, for whom, and who goes on after it. */
export function StepForm({ step, index, onChange }: StepFormProps) {
  const { draft } = useBuilder();
  const isLast = index === draft.flow.length - 1;
  return (
    <div className="flex flex-col gap-6">
      <Field
        label="Name of the step"
        error={step.name.trim() === '' ? 'Give the step a name.' : undefined}
        hint="Stands in reports and on the page of the run."
      >
        {(control) => (
          <Input
            {...control}
            maxLength={80}
            autoComplete="off"
            className="max-w-sm"
            value={step.name}
            onChange={(event) => onChange({ ...step, name: event.target.value })}
          />
        )}
      </Field>
      {(step.kind === 'email' || step.kind === 'sms') && <MessageForm step={step} onChange={onChange} />}
      {step.kind === 'record' && <RecordForm step={step} onChange={onChange} />}
      {step.kind === 'wait' && <WaitForm step={step} onChange={onChange} />}
      {step.kind !== 'wait' && <ConditionForm step={step} index={index} onChange={onChange} />}
      {step.kind !== 'wait' && step.kind !== 'condition' && !isLast && (
        <Field label="Then go on" hint={gateHint(step, index, draft.flow)}>
          {({ id, ...control }) => (
            <RadioGroup
              {...control}
              aria-label="Then go on"
              id={id}
              value={step.continueWhen}
              onValueChange={(value) =>
                onChange({ ...step, continueWhen: value === 'settled' ? 'settled' : 'accepted' })
              }
              options={[
                {
                  value: 'accepted',
                  label: step.kind === 'record' ? 'If it was recorded' : 'If the provider accepted it',
                },
                { value: 'settled', label: 'In any case, also if it failed or was skipped' },
              ]}
            />
          )}
        </Field>
      )}
    </div>
  );
}

/** The first message decides whom the audience needs an address of; that is worth saying where it is chosen. */
function gateHint(step: FlowStep, index: number, flow: readonly FlowStep[]): string | undefined {
  const first = flow.findIndex(({ kind }) => kind === 'email' || kind === 'sms');
  if (index !== first || step.kind === 'wait') return undefined;
  const channel = step.kind === 'sms' ? 'phone number' : 'email address';
  return step.continueWhen === 'accepted'
    ? `People without a usable ${channel} are not in the audience.`
    : `People without a usable ${channel} are in the audience too, and skip this step.`;
}

function WaitForm({
  step,
  onChange,
}: {
  step: Extract<FlowStep, { kind: 'wait' }>;
  onChange: (step: FlowStep) => void;
}) {
  const { until } = step;
  return (
    <div className="flex flex-col gap-4">
      <Segmented
        label="How long"
        className="self-start"
        value={until.kind}
        onChange={(kind) =>
          onChange({
            ...step,
            until:
              kind === 'duration'
                ? { kind, ms: DAY_MS }
                : { kind, at: new Date(Math.ceil(Date.now() / DAY_MS) * DAY_MS + DAY_MS / 2).toISOString() },
          })
        }
        options={[
          { value: 'duration', label: 'For a time' },
          { value: 'time', label: 'Until a time' },
        ]}
      />
      {until.kind === 'duration' ? (
        <DurationInput
          label="Wait"
          valueMs={until.ms}
          hint="Counted for each contact from the end of the step before."
          onChange={(ms) => onChange({ ...step, until: { kind: 'duration', ms } })}
        />
      ) : (
        <MomentInput
          label="Until"
          value={until.at}
          onChange={(at) => onChange({ ...step, until: { kind: 'time', at } })}
        />
      )}
    </div>
  );
}
