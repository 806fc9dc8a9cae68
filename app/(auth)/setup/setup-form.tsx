'use client';

import { ActionForm } from '@/components/ui/action-form';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { SubmitButton } from '@/components/ui/submit-button';
import { NewPasswordField } from '../new-password-field';
import { TimeZoneField } from '../time-zone-field';
import { makeFirstAccount } from './actions';

export function SetupForm({ token, timeZones }: { token: string; timeZones: string[] }) {
  return (
    <ActionForm action={makeFirstAccount} className="gap-5">
      {({ error, value }) => (
        <>
          <input type="hidden" name="token" value={token} />
          <Field label="Your name" error={error('name')} required>
            {(control) => <Input {...control} name="name" autoComplete="name" defaultValue={value('name')} autoFocus />}
          </Field>
          <Field label="Your email" error={error('email')} required>
            {(control) => (
              <Input {...control} name="email" type="email" autoComplete="username" defaultValue={value('email')} />
            )}
          </Field>
          <NewPasswordField error={error('password')} required />
          <Field label="Workspace" hint="Usually your company or brand." error={error('workspaceName')} required>
            {(control) => (
              <Input
                {...control}
                name="workspaceName"
                autoComplete="organization"
                defaultValue={value('workspaceName')}
              />
            )}
          </Field>
          <TimeZoneField zones={timeZones} error={error('timeZone')} stored={value('timeZone')} />
          <SubmitButton size="lg">Make account and workspace</SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
