'use client';

import { DurationInput } from '@/components/campaigns/duration-input';
import { NumberInput } from '@/components/campaigns/number-input';
import { Checkbox } from '@/components/ui/checkbox';
import { Fieldset } from '@/components/ui/field';
import { RadioGroup } from '@/components/ui/radio-group';
import { Section } from '@/components/ui/section';
import type { Policy } from '@/lib/domain/campaign';
import { useBuilder } from './builder-context';
import { HoursPart } from './hours-part';
import { StartPart } from './start-part';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const DEFAULT_WAVE = 500;

/** When it starts, and how fast it goes. */
export function WhenSection() {
  const { draft, change } = useBuilder();
  const { schedule, policy } = draft;
  const setPolicy = (part: Partial<Policy>) => change({ policy: { ...policy, ...part } });
  return (
    <Section id="when" title="When" ruled>
      <div className="flex flex-col gap-8">
        <StartPart schedule={schedule} onChange={(next) => change({ schedule: next })} />
        <HoursPart />
        <Pace policy={policy} set={setPolicy} />
        <Limits policy={policy} set={setPolicy} />
      </div>
    </Section>
  );
}

interface PaceProps {
  policy: Policy;
  set: (part: Partial<Policy>) => void;
}

function Pace({ policy, set }: PaceProps) {
  const inWaves = policy.waveSize !== undefined;
  return (
    <Fieldset legend="Pace" className="gap-4">
      <Checkbox
        label="In waves"
        hint="A part of the audience at a time, so that a mistake reaches few and a shop is not overrun."
        checked={inWaves}
        onCheckedChange={(checked) => set({ waveSize: checked === true ? DEFAULT_WAVE : undefined })}
      />
      {inWaves && (
        <div className="flex flex-col gap-5 pl-6.5">
          <NumberInput
            label="People in a wave"
            value={policy.waveSize}
            onChange={(waveSize) => waveSize && set({ waveSize })}
            min={1}
            max={5_000_000}
          />
          <RadioGroup
            aria-label="The next wave starts"
            value={policy.waveGate === 'manual' ? 'manual' : policy.waveIntervalMs > 0 ? 'interval' : 'done'}
            onValueChange={(gate) => {
              if (gate === 'manual') set({ waveGate: 'manual' });
              else if (gate === 'done') set({ waveGate: 'interval', waveIntervalMs: 0 });
              else set({ waveGate: 'interval', waveIntervalMs: policy.waveIntervalMs || HOUR_MS });
            }}
            options={[
              { value: 'done', label: 'The next one starts when one is done' },
              { value: 'interval', label: 'The next one starts some time after the one before' },
              { value: 'manual', label: 'A person releases each next one' },
            ]}
          />
          {policy.waveGate === 'interval' && policy.waveIntervalMs > 0 && (
            <DurationInput
              label="Time between the starts"
              valueMs={policy.waveIntervalMs}
              onChange={(waveIntervalMs) => set({ waveIntervalMs })}
            />
          )}
        </div>
      )}
      <Checkbox
        label="Not faster than"
        hint="Besides the limits of the providers, which always hold. It can be changed while it runs."
        checked={policy.maxPerSecond !== undefined}
        onCheckedChange={(checked) => set({ maxPerSecond: checked === true ? 10 : undefined })}
      />
      {policy.maxPerSecond !== undefined && (
        <div className="pl-6.5">
          <NumberInput
            label="Rate"
            value={policy.maxPerSecond}
            onChange={(maxPerSecond) => maxPerSecond && set({ maxPerSecond })}
            min={0.1}
            max={100_000}
            decimals
            after="messages a second"
          />
        </div>
      )}
    </Fieldset>
  );
}

function Limits({ policy, set }: PaceProps) {
  return (
    <Fieldset legend="If something is in the way" className="gap-4">
      <NumberInput
        label="Attempts"
        hint="For each message, when the provider or the recipient’s server puts us off."
        value={policy.maxAttempts}
        onChange={(maxAttempts) => maxAttempts && set({ maxAttempts })}
        min={1}
        max={20}
      />
      <Checkbox
        label="Give up after a time"
        hint="What has not gone out by then is not sent any more, and is shown as expired."
        checked={policy.expireAfterMs !== undefined}
        onCheckedChange={(checked) => set({ expireAfterMs: checked === true ? DAY_MS : undefined })}
      />
      {policy.expireAfterMs !== undefined && (
        <div className="pl-6.5">
          <DurationInput
            label="After the start"
            valueMs={policy.expireAfterMs}
            onChange={(expireAfterMs) => set({ expireAfterMs })}
          />
        </div>
      )}
    </Fieldset>
  );
}
