'use client';

import { type FormEvent, useState, useTransition } from 'react';
import { answerOf } from '@/components/ui/answer-of';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { CodeBlock } from '@/components/ui/code';
import { Dialog, DialogClose } from '@/components/ui/dialog';
import { DialogFooter } from '@/components/ui/dialog-footer';
import { Field, Fieldset } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import type { ActionError } from '@/lib/http/action';
import { makeWebhook } from './actions';

interface WebhookDialogProps {
  events: string[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Adds an endpoint and shows its signing secret, once. */
export function WebhookDialog({ events, open, onOpenChange }: WebhookDialogProps) {
  const [error, setError] = useState<ActionError>();
  const [secret, setSecret] = useState<string>();
  const [pending, startTransition] = useTransition();

  function toggle(next: boolean) {
    onOpenChange(next);
    setError(undefined);
    setSecret(undefined);
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const chosen = data.has('*') ? ['*'] : events.filter((one) => data.has(one));
    startTransition(async () => {
      const url = String(data.get('url') ?? '').trim();
      const description = String(data.get('description') ?? '').trim() || null;
      const result = await answerOf(makeWebhook({ url, eventTypes: chosen, description }));
      if (result.ok) setSecret(result.data.secret);
      else setError(result.error);
    });
  }

  const issue = (path: string) => error?.issues.find((one) => one.path === path)?.message;
  return (
    <Dialog title={secret ? 'Its signing secret' : 'Add a webhook'} open={open} onOpenChange={toggle} size="md">
      {secret ? (
        <div className="flex flex-col gap-4">
          <p className="text-ink-soft">
            The receiver checks every message with it. It is sealed here and is not shown again.
          </p>
          <CodeBlock code={secret} of="the secret" />
          <DialogClose>
            <Button className="self-end">Done</Button>
          </DialogClose>
        </div>
      ) : (
        <form onSubmit={submit} noValidate className="-mx-6 -mb-6 flex flex-col">
          <div className="flex flex-col gap-6 px-6 pb-6">
            {error && error.issues.length === 0 && <Notice tone="failed" title={error.message} live />}
            <Field label="Address" hint="It must answer 2xx within 15 seconds." error={issue('url')} required>
              {(control) => <Input {...control} mono name="url" type="url" placeholder="https://" inputMode="url" />}
            </Field>
            <Field label="What it is" optional>
              {(control) => <Input {...control} name="description" maxLength={200} />}
            </Field>
            <Fieldset legend="Tell it of" error={issue('eventTypes')}>
              <div className="grid gap-3 sm:grid-cols-2">
                <Checkbox name="*" label="Everything" />
                {events.map((event) => (
                  <Checkbox key={event} name={event} label={<span className="font-mono text-xs">{event}</span>} />
                ))}
              </div>
            </Fieldset>
          </div>
          <DialogFooter>
            <DialogClose>
              <Button>Cancel</Button>
            </DialogClose>
            <Button type="submit" variant="primary" pending={pending}>
              Add the webhook
            </Button>
          </DialogFooter>
        </form>
      )}
    </Dialog>
  );
}
