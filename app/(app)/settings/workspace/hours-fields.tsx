'use client';

import { useState } from 'react';
import { HoursInput } from '@/components/campaigns/hours-input';
import { Checkbox } from '@/components/ui/checkbox';
import { FieldError } from '@/components/ui/field';
import { Setting } from '@/components/ui/section';
import { type HoursChannel, hoursWords, USUAL_HOURS, type WorkspaceHours } from '@/lib/domain/send-hours';

const CHANNELS: { channel: HoursChannel; name: string }[] = [
  { channel: 'sms', name: 'SMS' },
  { channel: 'email', name: 'Email' },
];

/** The hours every campaign keeps to unless it says otherwise; they travel as one field of the form. */
export function HoursFields({ stored, error }: { stored: WorkspaceHours; error: string | undefined }) {
  const [hours, setHours] = useState(stored);
  return (
    <Setting
      title="Hours for sending"
      description="Campaigns keep to them unless they are given hours of their own; pre-flight tells when those go further. Runs that were launched keep theirs."
    >
      <input type="hidden" name="sendHours" value={JSON.stringify(hours)} />
      {CHANNELS.map(({ channel, name }) => {
        const own = hours[channel];
        return (
          <div key={channel} className="flex flex-col gap-4">
            <Checkbox
              label={`${name} only within hours`}
              hint={own ? `Goes ${hoursWords(own)}.` : `Usual: ${hoursWords(USUAL_HOURS[channel])}.`}
              checked={own !== undefined}
              onCheckedChange={(checked) => {
                const { [channel]: _, ...others } = hours;
                setHours(checked ? { ...others, [channel]: USUAL_HOURS[channel] } : others);
              }}
            />
            {own && (
              <div className="pl-6.5">
                <HoursInput of={name} value={own} onChange={(changed) => setHours({ ...hours, [channel]: changed })} />
              </div>
            )}
          </div>
        );
      })}
      <FieldError message={error} />
    </Setting>
  );
}
