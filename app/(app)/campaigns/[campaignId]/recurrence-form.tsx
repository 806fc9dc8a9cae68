'use client';

import { NumberInput } from '@/components/campaigns/number-input';
import { useNow, useZone } from '@/components/ui/clock';
import { Combobox } from '@/components/ui/combobox';
import { Field, Fieldset } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { RadioGroup } from '@/components/ui/radio-group';
import { nextOccurrences, planRecurrence, type Recurrence } from '@/lib/domain/recurrence';
import { momentWords, recurrenceWords } from '@/lib/domain/recurrence-words';
import { toWallClock } from '@/lib/domain/zoned-time';
import { ExpectationPart } from './expectation-part';
import { RepeatPart } from './repeat-part';
import { TimesPart } from './times-part';

interface RecurrenceFormProps {
  value: Recurrence;
  onChange: (recurrence: Recurrence) => void;
}

/** When it comes again, until when, what happens if one is in the way of the next, and what is expected of each. */
export function RecurrenceForm({ value, onChange }: RecurrenceFormProps) {
  const set = (part: Partial<Recurrence>) => onChange({ ...value, ...part });
  return (
    <div className="flex flex-col gap-6 border-rule border-l-2 pl-4 sm:pl-6">
      <Preview value={value} />
      <RepeatPart repeat={value.repeat} onChange={(repeat) => set({ repeat })} />
      <TimesPart times={value.times} onChange={(times) => set({ times })} />
      <ZoneField value={value.timeZone} onChange={(timeZone) => set({ timeZone })} />
      <Bounds value={value} set={set} />
      <Fieldset legend="If the one before is still under way">
        <RadioGroup
          aria-label="If the one before is still under way"
          value={value.overlap}
          onValueChange={(overlap) => set({ overlap: overlap === 'wait' || overlap === 'start' ? overlap : 'skip' })}
          options={[
            { value: 'skip', label: 'Leave this one out', hint: 'You are told. The one after it comes as planned.' },
            { value: 'wait', label: 'Start it when that one is done', hint: 'At most one waits for its turn.' },
            {
              value: 'start',
              label: 'Start it all the same',
              hint: 'For flows whose wait steps are longer than the time between two occurrences.',
            },
          ]}
        />
      </Fieldset>
      <ExpectationPart expect={value.expect} onChange={(expect) => set({ expect })} />
    </div>
  );
}

function Preview({ value }: { value: Recurrence }) {
  const { workspaceZone } = useZone();
  const nowMs = useNow();
  const now = nowMs === undefined ? null : new Date(nowMs);
  const plan = now && planRecurrence(value, { timeZone: workspaceZone, now });
  const next = plan && now ? nextOccurrences(plan, now, 3) : [];
  return (
    <div role="status" className="flex flex-col gap-1">
      <p className="font-medium">{recurrenceWords(value, workspaceZone)}</p>
      {plan && (
        <p className="text-ink-soft text-sm tabular-nums">
          {next.length === 0
            ? 'Nothing comes of this yet: choose a day, or a later end.'
            : `Activated now, it comes on ${next.map((at) => momentWords(at, plan.timeZone).replace(/ \(.*/, '')).join('; ')}.`}
        </p>
      )}
    </div>
  );
}

function ZoneField({ value, onChange }: { value: string | undefined; onChange: (zone: string | undefined) => void }) {
  const { workspaceZone } = useZone();
  const words = (zone: string) => zone.replaceAll('_', ' ');
  const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];
  return (
    <Field label="Time zone" hint="Where the clock is put forward or back, it stays at these times of day.">
      {(control) => (
        <Combobox
          {...control}
          className="max-w-sm"
          noun="time zones"
          value={[value ?? '']}
          onChange={([zone]) => onChange(zone || undefined)}
          options={[
            { value: '', label: `${words(workspaceZone)}, as the workspace` },
            ...zones.map((zone) => ({ value: zone, label: words(zone) })),
          ]}
        />
      )}
    </Field>
  );
}

interface BoundsProps {
  value: Recurrence;
  set: (part: Partial<Recurrence>) => void;
}

function Bounds({ value, set }: BoundsProps) {
  const { workspaceZone } = useZone();
  const { end } = value;
  const inMonths = () => toWallClock(new Date(Date.now() + 90 * 86_400_000).toISOString(), workspaceZone).slice(0, 10);
  function chooseEnd(kind: string) {
    if (kind === 'on') set({ end: { kind, day: inMonths() } });
    else if (kind === 'after') set({ end: { kind, occurrences: 10 } });
    else set({ end: { kind: 'never' } });
  }
  return (
    <>
      <Field label="From" optional hint="The first day. Without one it begins when it is activated.">
        {(control) => (
          <Input
            {...control}
            type="date"
            className="max-w-44 tabular-nums"
            value={value.from ?? ''}
            onChange={(event) => set({ from: event.target.value || undefined })}
          />
        )}
      </Field>
      <Fieldset legend="Until">
        <RadioGroup
          aria-label="Until"
          value={end.kind}
          onValueChange={chooseEnd}
          options={[
            { value: 'never', label: 'Somebody deactivates it' },
            { value: 'on', label: 'A last day' },
            { value: 'after', label: 'A number of occurrences', hint: 'Counted from the activation.' },
          ]}
        />
        {end.kind === 'on' && (
          <Field label="Last day" className="pl-6.5">
            {(control) => (
              <Input
                {...control}
                type="date"
                className="max-w-44 tabular-nums"
                value={end.day}
                onChange={(event) => event.target.value && set({ end: { kind: 'on', day: event.target.value } })}
              />
            )}
          </Field>
        )}
        {end.kind === 'after' && (
          <div className="pl-6.5">
            <NumberInput
              label="Occurrences"
              value={end.occurrences}
              onChange={(occurrences) => occurrences && set({ end: { kind: 'after', occurrences } })}
              min={1}
              max={1000}
            />
          </div>
        )}
      </Fieldset>
    </>
  );
}
