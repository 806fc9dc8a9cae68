'use client';

import { ActionForm } from '@/components/ui/action-form';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { SubmitButton } from '@/components/ui/submit-button';
import { NewPasswordField } from '../../new-password-field';
import { accept } from './actions';

interface AcceptFormProps {
  token: string;
  email: string;
  workspaceName: string;
  hasAccount: boolean;
}

export function AcceptForm({ token, email, workspaceName, hasAccount }: AcceptFormProps) {
  return (
    <ActionForm action={accept} className="gap-5">
      {({ error, value }) => (
        <>
          <input type="hidden" name="token" value={token} />
          <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
          {!hasAccount && (
            <>
              <Field label="Your name" hint="As your colleagues know you." error={error('name')} required>
                {(control) => (
                  <Input {...control} name="name" autoComplete="name" defaultValue={value('name')} autoFocus />
                )}
              </Field>
              <NewPasswordField
                error={error('password')}
                hint="At least 12 characters. Leave it empty to sign in by mailed links."
              />
            </>
          )}
          <SubmitButton size="lg" autoFocus={hasAccount}>
            Join {workspaceName}
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
