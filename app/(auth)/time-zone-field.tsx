'use client';

import { useState, useSyncExternalStore } from 'react';
import { Combobox } from '@/components/ui/combobox';
import { Field } from '@/components/ui/field';

interface TimeZoneFieldProps {
  zones: string[];
  error: string | undefined;
  /** The present one; without it the viewer's own is proposed. */
  stored: string | undefined;
  hint?: string;
}

const never = () => () => undefined;
const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

export function TimeZoneField({ zones, error, stored, hint }: TimeZoneFieldProps) {
  const own = useSyncExternalStore(never, ownZone, () => 'UTC');
  const [chosen, setChosen] = useState(stored);
  const zone = chosen ?? (zones.includes(own) ? own : 'UTC');
  const options = zones.map((value) => ({ value, label: value.replaceAll('_', ' ') }));
  return (
    <Field label="Time zone" error={error} hint={hint} required>
      {(control) => (
        <Combobox
          {...control}
          name="timeZone"
          noun="time zones"
          options={options}
          value={[zone]}
          onChange={([value]) => setChosen(value)}
        />
      )}
    </Field>
  );
}
