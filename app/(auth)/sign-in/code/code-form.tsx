'use client';

import { type FormEvent, useRef, useState, useTransition } from 'react';
import { answerOf } from '@/components/ui/answer-of';
import { Button } from '@/components/ui/button';
import { TextLink } from '@/components/ui/link-button';
import { Notice } from '@/components/ui/notice';
import type { ActionError } from '@/lib/http/action';
import { CodeField } from '../../code-field';
import { enterCode } from './actions';

export function CodeForm({ returnTo }: { returnTo: string }) {
  const form = useRef<HTMLFormElement>(null);
  const [error, setError] = useState<ActionError>();
  const [pending, startTransition] = useTransition();

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get('code') ?? '');
    startTransition(async () => {
      const result = await answerOf(enterCode(code));
      if (result.ok) {
        window.location.assign(returnTo);
        await new Promise(() => undefined);
      } else {
        setError(result.error);
        form.current?.querySelector<HTMLInputElement>('[name=code]')?.select();
      }
    });
  }

  const wrong = error?.issues.find(({ path }) => path === 'code')?.message;
  return (
    <form ref={form} onSubmit={submit} noValidate className="flex flex-col gap-5">
      {error && !wrong && (
        <Notice tone="failed" title={error.message} live>
          {error.code === 'gone' && <TextLink href="/sign-in">Sign in again</TextLink>}
        </Notice>
      )}
      <CodeField error={wrong} autoFocus />
      <Button type="submit" variant="primary" size="lg" pending={pending}>
        Sign in
      </Button>
    </form>
  );
}
