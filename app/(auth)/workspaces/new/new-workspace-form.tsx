'use client';

import { ActionForm } from '@/components/ui/action-form';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { SubmitButton } from '@/components/ui/submit-button';
import { TimeZoneField } from '../../time-zone-field';
import { makeWorkspace } from './actions';

export function NewWorkspaceForm({ timeZones }: { timeZones: string[] }) {
  return (
    <ActionForm action={makeWorkspace} className="gap-5">
      {({ error, value }) => (
        <>
          <Field label="Name" hint="Usually your company or brand." error={error('name')} required>
            {(control) => (
              <Input {...control} name="name" autoComplete="organization" defaultValue={value('name')} autoFocus />
            )}
          </Field>
          <TimeZoneField
            zones={timeZones}
            error={error('timeZone')}
            stored={value('timeZone')}
            hint="Schedules and hours for sending follow it; it can be changed later."
          />
          <SubmitButton size="lg">Make workspace</SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
