'use client';

import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { Field } from '@/components/ui/field';
import { Input, InputGroup } from '@/components/ui/input';
import { PASSWORD_MAX, PASSWORD_MIN } from '@/lib/auth/password-policy';

interface NewPasswordFieldProps {
  error: string | undefined;
  name?: string;
  label?: string;
  hint?: string;
  required?: boolean;
}

/** A password to be chosen: may be looked at, may be pasted, and is kept by password managers. */
export function NewPasswordField({
  error,
  name = 'password',
  label = 'Password',
  hint,
  required,
}: NewPasswordFieldProps) {
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <Field
      label={label}
      error={error}
      required={required}
      optional={!required}
      hint={error ? undefined : (hint ?? `At least ${PASSWORD_MIN} characters; four or five words do well.`)}
    >
      {(control) => (
        <InputGroup
          after={
            <button
              type="button"
              aria-label={shown ? 'Hide the password' : 'Show the password'}
              aria-pressed={shown}
              onClick={() => setShown(!shown)}
              className="-mr-2 grid size-7 place-items-center rounded-sm hover:bg-well hover:text-ink"
            >
              <Icon className="size-4" />
            </button>
          }
        >
          <Input
            {...control}
            name={name}
            type={shown ? 'text' : 'password'}
            autoComplete="new-password"
            spellCheck={false}
            maxLength={PASSWORD_MAX}
          />
        </InputGroup>
      )}
    </Field>
  );
}
