'use client';

import { MomentInput } from '@/components/campaigns/moment-input';
import { Field, Fieldset } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { RadioGroup } from '@/components/ui/radio-group';
import type { CampaignDraft } from '@/lib/domain/campaign';
import { recurrenceSchema } from '@/lib/domain/recurrence';
import { ActiveNotice } from './active-notice';
import { RecurrenceForm } from './recurrence-form';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

type Schedule = CampaignDraft['schedule'];

/** Tomorrow at the hour that begins next: near, and never in the past. */
function soon(): string {
  return new Date(Math.ceil(Date.now() / HOUR_MS) * HOUR_MS + DAY_MS).toISOString();
}

const weekly = () =>
  recurrenceSchema.parse({ kind: 'recurring', repeat: { unit: 'week', on: ['monday'] }, times: ['09:00'] });

/** What starts it: a person, a time, a plan that comes again and again, or an event. */
export function StartPart({ schedule, onChange }: { schedule: Schedule; onChange: (schedule: Schedule) => void }) {
  function choose(kind: string) {
    if (kind === schedule.kind) return;
    if (kind === 'at') onChange({ kind, at: soon() });
    else if (kind === 'recurring') onChange(weekly());
    else if (kind === 'event') onChange({ kind, event: 'order.paid' });
    else onChange({ kind: 'now' });
  }
  return (
    <Fieldset legend="Start">
      <ActiveNotice />
      <RadioGroup
        aria-label="Start"
        look="ruled"
        value={schedule.kind}
        onValueChange={choose}
        options={[
          { value: 'now', label: 'When it is launched', hint: 'Queuing begins the moment somebody presses Send.' },
          { value: 'at', label: 'At a time', hint: 'Launched now, it waits; who is in the audience is decided then.' },
          {
            value: 'recurring',
            label: 'Again and again',
            hint: 'Every Monday, say. Who is in the audience is decided each time.',
          },
          {
            value: 'event',
            label: 'When something happens',
            hint: 'For one contact at a time, each time another system reports an event.',
          },
        ]}
      />
      {schedule.kind === 'at' && (
        <MomentInput label="Date and time" value={schedule.at} onChange={(at) => onChange({ kind: 'at', at })} />
      )}
      {schedule.kind === 'recurring' && <RecurrenceForm value={schedule} onChange={onChange} />}
      {schedule.kind === 'event' && (
        <EventName key="event" value={schedule.event} onChange={(event) => onChange({ kind: 'event', event })} />
      )}
    </Fieldset>
  );
}

function EventName({ value, onChange }: { value: string; onChange: (event: string) => void }) {
  return (
    <Field
      label="Name of the event"
      hint="As the other system sends it to /api/v1/events."
      error={value.trim() === '' ? 'Give the event its name.' : undefined}
    >
      {(control) => (
        <Input
          {...control}
          mono
          className="max-w-sm"
          maxLength={120}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
