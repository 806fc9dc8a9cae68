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
import { RadioGroup } from '@/components/ui/radio-group';
import type { Permission } from '@/lib/domain/role';
import type { ActionError } from '@/lib/http/action';
import { makeKey } from './actions';

interface KeyDialogProps {
  /** What the viewer holds, and may hand on. */
  scopes: { scope: Permission; label: string }[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Makes a key and shows it, once. */
export function KeyDialog({ scopes, open, onOpenChange }: KeyDialogProps) {
  const [error, setError] = useState<ActionError>();
  const [key, setKey] = useState<string>();
  const [pending, startTransition] = useTransition();

  function toggle(next: boolean) {
    onOpenChange(next);
    setError(undefined);
    setKey(undefined);
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const day = String(data.get('expires') ?? '');
    startTransition(async () => {
      const result = await answerOf(
        makeKey({
          name: String(data.get('name') ?? ''),
          live: data.get('kind') !== 'test',
          scopes: scopes.flatMap(({ scope }) => (data.has(scope) ? [scope] : [])),
          expiresAt: day ? new Date(`${day}T23:59:59`).toISOString() : null,
        }),
      );
      if (result.ok) setKey(result.data.key);
      else setError(result.error);
    });
  }

  const issue = (path: string) => error?.issues.find((one) => one.path === path)?.message;
  return (
    <Dialog title={key ? 'Your new key' : 'Make an API key'} open={open} onOpenChange={toggle} size="md">
      {key ? (
        <div className="flex flex-col gap-4">
          <p className="text-ink-soft">Copy it to where it is used. It is not kept here and is not shown again.</p>
          <CodeBlock code={key} of="the key" />
          <DialogClose>
            <Button className="self-end">Done</Button>
          </DialogClose>
        </div>
      ) : (
        <form onSubmit={submit} noValidate className="-mx-6 -mb-6 flex flex-col">
          <div className="flex flex-col gap-6 px-6 pb-6">
            {error && error.issues.length === 0 && <Notice tone="failed" title={error.message} live />}
            <Field label="Name" hint="The system that will use it." error={issue('name')} required>
              {(control) => <Input {...control} name="name" autoComplete="off" maxLength={80} />}
            </Field>
            <Fieldset legend="Kind">
              <RadioGroup
                name="kind"
                aria-label="Kind"
                defaultValue="live"
                options={[
                  { value: 'live', label: 'Live', hint: 'Sends to real people.' },
                  {
                    value: 'test',
                    label: 'Test',
                    hint: 'Sends through sandbox providers and into the local inbox only.',
                  },
                ]}
              />
            </Fieldset>
            <Fieldset legend="What it may do" error={issue('scopes')}>
              <div className="grid gap-3 sm:grid-cols-2">
                {scopes.map(({ scope, label }) => (
                  <Checkbox key={scope} name={scope} label={label} hint={scope} />
                ))}
              </div>
            </Fieldset>
            <Field
              label="Last day"
              hint="Leave it empty for a key that does not end."
              error={issue('expiresAt')}
              optional
            >
              {(control) => <Input {...control} name="expires" type="date" className="max-w-48" />}
            </Field>
          </div>
          <DialogFooter>
            <DialogClose>
              <Button>Cancel</Button>
            </DialogClose>
            <Button type="submit" variant="primary" pending={pending}>
              Make the key
            </Button>
          </DialogFooter>
        </form>
      )}
    </Dialog>
  );
}
