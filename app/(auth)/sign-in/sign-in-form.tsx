'use client';

import { type FormEvent, useRef, useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { requestSignInLink, signInWithPassword } from '@/lib/auth/sign-in-client';
import { CheckMail } from './check-mail';

interface SignInFormProps {
  returnTo: string;
  /** Whether links can be mailed from here at all. */
  canMail: boolean;
}

const ADDRESS = /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$/;

/** One form for both ways in: with a password it signs in, without one it mails a link. */
export function SignInForm({ returnTo, canMail }: SignInFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [mailedTo, setMailedTo] = useState<string>();
  const [hasPassword, setHasPassword] = useState(!canMail);
  const [problem, setProblem] = useState<string>();
  const [wrong, setWrong] = useState<{ email?: string; password?: string }>({});
  const [pending, startTransition] = useTransition();

  function focusOn(name: 'email' | 'password') {
    form.current?.querySelector<HTMLInputElement>(`[name=${name}]`)?.focus();
  }

  async function signIn(email: string, password: string) {
    const outcome = password ? await signInWithPassword(email, password) : await requestSignInLink(email, returnTo);
    if (outcome.kind === 'signed_in') {
      window.location.assign(returnTo);
      await new Promise(() => undefined);
    }
    if (outcome.kind === 'mailed') setMailedTo(email);
    if (outcome.kind === 'refused') {
      setProblem(outcome.message);
      if (password) focusOn('password');
    }
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const email = String(data.get('email') ?? '').trim();
    const password = String(data.get('password') ?? '');
    const badEmail = ADDRESS.test(email) ? undefined : 'Enter one email address, such as ada@example.com.';
    const badPassword = canMail || password ? undefined : 'Enter your password.';
    setWrong({ email: badEmail, password: badPassword });
    setProblem(undefined);
    if (badEmail) return focusOn('email');
    if (badPassword) return focusOn('password');
    startTransition(() => signIn(email, password));
  }

  if (mailedTo) return <CheckMail address={mailedTo} onAgain={() => setMailedTo(undefined)} />;
  return (
    <form ref={form} method="post" onSubmit={submit} noValidate className="flex flex-col gap-5">
      {problem && <Notice tone="failed" title={problem} live />}
      <Field label="Email" error={wrong.email} required>
        {(control) => (
          <Input
            {...control}
            name="email"
            type="email"
            autoComplete="username"
            inputMode="email"
            autoFocus
            className="h-10"
          />
        )}
      </Field>
      <Field
        label="Password"
        optional={canMail}
        error={wrong.password}
        hint={canMail ? 'Leave it empty, and we mail you a link that signs you in.' : undefined}
        required={!canMail}
      >
        {(control) => (
          <Input
            {...control}
            name="password"
            type="password"
            autoComplete="current-password"
            maxLength={1000}
            onChange={(event) => setHasPassword(!canMail || event.target.value !== '')}
            className="h-10"
          />
        )}
      </Field>
      <Button type="submit" variant="primary" size="lg" pending={pending}>
        {hasPassword ? 'Sign in' : 'Email me a link'}
      </Button>
    </form>
  );
}
