'use client';

import { useState } from 'react';
import { NewPasswordField } from '@/app/(auth)/new-password-field';
import { ActionForm } from '@/components/ui/action-form';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { SubmitButton } from '@/components/ui/submit-button';
import { toast } from '@/components/ui/toast';
import { savePassword } from './actions';

interface PasswordFormProps {
  email: string;
  hasPassword: boolean;
}

export function PasswordForm({ email, hasPassword }: PasswordFormProps) {
  const [round, setRound] = useState(0);

  function done(message: string | undefined) {
    toast.done(message ?? 'The password is changed.');
    setRound(round + 1);
  }

  return (
    <ActionForm key={round} action={savePassword} onDone={({ message }) => done(message)}>
      {({ error }) => (
        <>
          <input type="email" autoComplete="username" value={email} readOnly hidden />
          {hasPassword && (
            <Field label="Current password" error={error('currentPassword')} required>
              {(control) => (
                <Input
                  {...control}
                  name="currentPassword"
                  type="password"
                  autoComplete="current-password"
                  maxLength={1000}
                />
              )}
            </Field>
          )}
          <NewPasswordField name="newPassword" label="New password" error={error('newPassword')} required />
          <SubmitButton className="self-start">{hasPassword ? 'Change password' : 'Set password'}</SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
