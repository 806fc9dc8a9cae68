'use client';

import { type FormEvent, type ReactNode, useEffect, useRef, useState, useTransition } from 'react';
import { answerOf } from '@/components/ui/answer-of';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { CopyButton } from '@/components/ui/copy-button';
import { Notice } from '@/components/ui/notice';
import type { ActionError, ActionResult } from '@/lib/http/action';
import { CodeField } from '../code-field';
import { PasswordField } from '../password-field';
import { begin, turnOn } from './actions';
import { RecoveryCodes } from './recovery-codes';

interface SetUpProps {
  email: string;
  hasPassword: boolean;
  returnTo: string;
}

interface Offer {
  secret: string;
  picture: string;
}

interface StepFormProps<T> {
  send: (data: FormData) => Promise<ActionResult<T>>;
  onDone: (data: T) => void;
  submit: string;
  children: (issue: (path: string) => string | undefined) => ReactNode;
}

/** One step: its fields, what was wrong with them, and its button. */
function StepForm<T>({ send, onDone, submit, children }: StepFormProps<T>) {
  const form = useRef<HTMLFormElement>(null);
  const [error, setError] = useState<ActionError>();
  const [pending, startTransition] = useTransition();

  function handle(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    startTransition(async () => {
      const result = await answerOf(send(data));
      if (result.ok) return onDone(result.data);
      setError(result.error);
      form.current?.querySelector<HTMLInputElement>('input:not([hidden])')?.select();
    });
  }

  return (
    <form ref={form} onSubmit={handle} noValidate className="flex flex-col gap-5">
      {error && error.issues.length === 0 && <Notice tone="failed" title={error.message} live />}
      {children((path) => error?.issues.find((one) => one.path === path)?.message)}
      <Button type="submit" variant="primary" size="lg" pending={pending}>
        {submit}
      </Button>
    </form>
  );
}

function Heading({ children }: { children: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <h2 ref={heading} tabIndex={-1} className="font-semibold text-base focus:outline-none">
      {children}
    </h2>
  );
}

function Scan({ secret, picture }: Offer) {
  return (
    <>
      <Heading>1. Add Waybill to your app</Heading>
      <p className="-mt-3 text-ink-soft text-sm">
        Scan the picture with an authenticator app, such as the one of your password manager.
      </p>
      {/* biome-ignore lint/performance/noImgElement: a data: URL of a few kilobytes */}
      <img
        src={picture}
        alt="QR code with the key below"
        width={200}
        height={200}
        className="rounded-md border border-rule-strong bg-white"
      />
      <div className="flex flex-col gap-1">
        <p className="text-ink-soft text-sm">No camera? Type this key into the app:</p>
        <p className="flex items-center gap-1">
          <code className="font-mono text-sm [overflow-wrap:anywhere]">{secret.match(/.{4}/g)?.join(' ')}</code>
          <CopyButton value={secret} label="Copy the key" />
        </p>
      </div>
      <h2 className="pt-2 font-semibold text-base">2. Enter the code it shows</h2>
    </>
  );
}

function Kept({ codes, email, returnTo }: { codes: string[]; email: string; returnTo: string }) {
  const [isKept, setKept] = useState(false);
  return (
    <div className="flex flex-col gap-5">
      <Heading>Keep your recovery codes</Heading>
      <p className="-mt-3 text-ink-soft text-sm">
        Two-factor sign-in is on, and you were signed out everywhere else. When your phone is lost, each of these codes
        signs you in once. They are not shown again.
      </p>
      <RecoveryCodes codes={codes} email={email} />
      <Checkbox label="I have kept them in a safe place" checked={isKept} onCheckedChange={setKept} />
      <Button variant="primary" size="lg" disabled={!isKept} onClick={() => window.location.assign(returnTo)}>
        Continue
      </Button>
    </div>
  );
}

/** Proof of who one is, then the picture and its first code, then the recovery codes. */
export function SetUp({ email, hasPassword, returnTo }: SetUpProps) {
  const [offer, setOffer] = useState<Offer>();
  const [codes, setCodes] = useState<string[]>();

  if (codes) return <Kept codes={codes} email={email} returnTo={returnTo} />;
  if (offer) {
    return (
      <StepForm
        key="code"
        submit="Turn it on"
        send={(data) => turnOn({ code: String(data.get('code') ?? '') })}
        onDone={({ recoveryCodes }) => setCodes(recoveryCodes)}
      >
        {(issue) => (
          <>
            <Scan {...offer} />
            <CodeField error={issue('code')} appOnly />
          </>
        )}
      </StepForm>
    );
  }
  return (
    <StepForm
      key="begin"
      submit="Set it up"
      send={(data) => begin({ password: String(data.get('password') ?? '') })}
      onDone={setOffer}
    >
      {(issue) => hasPassword && <PasswordField email={email} error={issue('password')} autoFocus />}
    </StepForm>
  );
}
