'use client';

import { useState } from 'react';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';

interface CodeFieldProps {
  error: string | undefined;
  /** Without recovery codes only the app's own do. */
  appOnly?: boolean;
  autoFocus?: boolean;
}

/** The six digits of an app, or a recovery code when the app is not at hand. Named `code` in its form. */
export function CodeField({ error, appOnly = false, autoFocus }: CodeFieldProps) {
  const [isRecovery, setRecovery] = useState(false);
  return (
    <div className="flex flex-col gap-2">
      <Field
        label={isRecovery ? 'Recovery code' : 'Code'}
        hint={isRecovery ? 'One of the ten you kept. It works once.' : 'Six digits, from your authenticator app.'}
        error={error}
        required
      >
        {(control) => (
          <Input
            {...control}
            key={isRecovery ? 'recovery' : 'app'}
            name="code"
            mono
            autoComplete={isRecovery ? 'off' : 'one-time-code'}
            inputMode={isRecovery ? 'text' : 'numeric'}
            autoCapitalize="none"
            spellCheck={false}
            maxLength={60}
            autoFocus={autoFocus || isRecovery}
            className="h-10"
          />
        )}
      </Field>
      {!appOnly && (
        <button
          type="button"
          onClick={() => setRecovery(!isRecovery)}
          className="self-start rounded-xs text-link text-sm underline decoration-link/40 underline-offset-[3px] hover:decoration-link"
        >
          {isRecovery ? 'Use a code of the app' : 'Use a recovery code'}
        </button>
      )}
    </div>
  );
}
