'use client';

import { type FormEvent, useState, useTransition } from 'react';
import { answerOf } from '@/components/ui/answer-of';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { ActionError } from '@/lib/http/action';
import { CodeField } from '../../code-field';
import { PasswordField } from '../../password-field';
import { proveAgain } from './actions';

interface AgainFormProps {
  email: string;
  returnTo: string;
  hasPassword: boolean;
}

export function AgainForm({ email, returnTo, hasPassword }: AgainFormProps) {
  const [error, setError] = useState<ActionError>();
  const [pending, startTransition] = useTransition();

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    startTransition(async () => {
      const result = await answerOf(
        proveAgain({ password: String(data.get('password') ?? ''), code: String(data.get('code') ?? '') }),
      );
      if (!result.ok) return setError(result.error);
      window.location.assign(returnTo);
      await new Promise(() => undefined);
    });
  }

  const issue = (path: string) => error?.issues.find((one) => one.path === path)?.message;
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-5">
      {error && error.issues.length === 0 && <Notice tone="failed" title={error.message} live />}
      {hasPassword ? (
        <PasswordField email={email} error={issue('password')} autoFocus />
      ) : (
        <CodeField error={issue('code')} autoFocus />
      )}
      <Button type="submit" variant="primary" size="lg" pending={pending}>
        Confirm
      </Button>
    </form>
  );
}
