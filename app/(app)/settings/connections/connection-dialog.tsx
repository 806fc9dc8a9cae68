'use client';

import { type FormEvent, useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code';
import { Dialog, DialogClose } from '@/components/ui/dialog';
import { DialogFooter } from '@/components/ui/dialog-footer';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { Segmented } from '@/components/ui/segmented';
import { toast } from '@/components/ui/toast';
import type { OutputConnectionConfig } from '@/lib/domain/output-connection';
import type { ActionError } from '@/lib/http/action';
import { saveConnection } from './actions';
import { PostgresFields, WebhookFields } from './connection-fields';

export interface StoredConnection {
  id: string;
  name: string;
  config: OutputConnectionConfig;
  hasSecret: boolean;
}

type Kind = OutputConnectionConfig['kind'];

interface ConnectionDialogProps {
  stored?: StoredConnection;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Adds a place for rows, or changes one. The signing key that is made for a webhook is shown once. */
export function ConnectionDialog({ stored, open, onOpenChange }: ConnectionDialogProps) {
  const [kind, setKind] = useState<Kind>(stored?.config.kind ?? 'postgres');
  const [error, setError] = useState<ActionError>();
  const [signingKey, setSigningKey] = useState<string>();
  const [pending, startTransition] = useTransition();

  function toggle(next: boolean) {
    if (pending) return;
    onOpenChange(next);
    setError(undefined);
    setSigningKey(undefined);
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>;
    startTransition(async () => {
      const result = await saveConnection({ name: '', ...fields, kind, id: stored?.id }).catch(() => null);
      if (!result) return setError({ code: 'internal', message: 'Waybill did not answer. Press again.', issues: [] });
      if (!result.ok) return setError(result.error);
      setError(undefined);
      toast.done(stored ? 'Saved. Runs under way write there from now on.' : 'Connection added.');
      if (result.data.signingKey) setSigningKey(result.data.signingKey);
      else onOpenChange(false);
    });
  }

  const issue = (path: string) => error?.issues.find((one) => one.path === path)?.message;
  const shared = { hasSecret: stored?.hasSecret ?? false, issue };
  const config = stored?.config;
  return (
    <Dialog
      title={signingKey ? 'Its signing key' : stored ? 'Edit connection' : 'Add a connection'}
      open={open}
      onOpenChange={toggle}
      size="md"
    >
      {signingKey ? (
        <div className="flex flex-col gap-4">
          <p className="text-ink-soft">
            The receiver checks every batch with it. It is sealed here and is not shown again.
          </p>
          <CodeBlock code={signingKey} of="the signing key" />
          <DialogClose>
            <Button className="self-end">Done</Button>
          </DialogClose>
        </div>
      ) : (
        <form onSubmit={submit} noValidate className="-mx-6 -mb-6 flex flex-col">
          <div className="flex flex-col gap-5 px-6 pb-6">
            {error?.issues.length === 0 && <Notice tone="failed" title={error.message} live />}
            {!stored && (
              <Segmented
                label="Where rows go"
                value={kind}
                onChange={setKind}
                options={[
                  { value: 'postgres', label: 'PostgreSQL' },
                  { value: 'webhook', label: 'Webhook' },
                ]}
              />
            )}
            <Field label="Name" hint="As colleagues choose it in a record step." error={issue('name')} required>
              {(control) => <Input {...control} name="name" maxLength={80} defaultValue={stored?.name} />}
            </Field>
            {kind === 'postgres' ? (
              <PostgresFields stored={config?.kind === 'postgres' ? config : undefined} {...shared} />
            ) : (
              <WebhookFields stored={config?.kind === 'webhook' ? config : undefined} {...shared} />
            )}
          </div>
          <DialogFooter>
            <DialogClose>
              <Button disabled={pending}>Cancel</Button>
            </DialogClose>
            <Button type="submit" variant="primary" pending={pending}>
              {stored ? 'Save connection' : 'Add connection'}
            </Button>
          </DialogFooter>
        </form>
      )}
    </Dialog>
  );
}
