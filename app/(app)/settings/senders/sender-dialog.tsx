'use client';

import { useState } from 'react';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose } from '@/components/ui/dialog';
import { DialogFooter } from '@/components/ui/dialog-footer';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { SubmitButton } from '@/components/ui/submit-button';
import { toast } from '@/components/ui/toast';
import { saveSender } from './actions';

export interface ProviderChoice {
  id: string;
  name: string;
  channel: 'email' | 'sms';
}

export interface StoredSender {
  id: string;
  channel: 'email' | 'sms';
  name: string;
  fromName: string | null;
  address: string;
  replyTo: string | null;
  bounceDomain: string | null;
  providerAccountId: string;
}

interface SenderDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  providers: ProviderChoice[];
  stored?: StoredSender;
}

/** Whom messages come from, and over which provider. A sender keeps its channel. */
export function SenderDialog({ open, onOpenChange, providers, stored }: SenderDialogProps) {
  const choices = stored ? providers.filter(({ channel }) => channel === stored.channel) : providers;
  const first = choices[0];
  const initial = stored
    ? `${stored.channel} ${stored.providerAccountId}`
    : first
      ? `${first.channel} ${first.id}`
      : '';
  const [provider, setProvider] = useState(initial);
  const isEmail = provider.startsWith('email');
  return (
    <Dialog title={stored ? 'Edit sender' : 'New sender'} open={open} onOpenChange={onOpenChange}>
      <ActionForm
        action={saveSender}
        className="-mx-6 -mb-6 gap-0 [&>[data-form-message]]:px-6 [&>[data-form-message]]:pb-5"
        onDone={() => {
          onOpenChange(false);
          toast.done(stored ? 'Saved. Launched campaigns keep the sender they were launched with.' : 'Sender added.');
        }}
      >
        {(form) => (
          <>
            <div className="flex flex-col gap-5 px-6 pb-6">
              {stored && <input type="hidden" name="id" value={stored.id} />}
              <Field label="Provider" error={form.error('providerAccountId')} required>
                {(control) => (
                  <Select
                    {...control}
                    name="provider"
                    value={provider}
                    onValueChange={setProvider}
                    options={choices.map(({ id, name, channel }) => ({
                      value: `${channel} ${id}`,
                      label: `${name} (${channel === 'email' ? 'email' : 'SMS'})`,
                    }))}
                  />
                )}
              </Field>
              <Field
                label="Name"
                hint="As colleagues choose it; customers do not see it."
                error={form.error('name')}
                required
              >
                {(control) => <Input {...control} name="name" defaultValue={form.value('name', stored?.name)} />}
              </Field>
              <Field
                label={isEmail ? 'From address' : 'From'}
                hint={
                  isEmail
                    ? 'The provider must be allowed to send for its domain.'
                    : 'A number such as +6591234567, a short code, or up to eleven letters and digits.'
                }
                error={form.error('address')}
                required
              >
                {(control) => (
                  <Input
                    {...control}
                    name="address"
                    type={isEmail ? 'email' : 'text'}
                    autoComplete="off"
                    defaultValue={form.value('address', stored?.address)}
                  />
                )}
              </Field>
              {isEmail && (
                <>
                  <Field label="From name" hint="What customers see." error={form.error('fromName')} optional>
                    {(control) => (
                      <Input
                        {...control}
                        name="fromName"
                        defaultValue={form.value('fromName', stored?.fromName ?? '')}
                      />
                    )}
                  </Field>
                  <Field label="Replies go to" error={form.error('replyTo')} optional>
                    {(control) => (
                      <Input
                        {...control}
                        name="replyTo"
                        type="email"
                        autoComplete="off"
                        defaultValue={form.value('replyTo', stored?.replyTo ?? '')}
                      />
                    )}
                  </Field>
                  <Field
                    label="Bounce domain"
                    hint="Its mail must reach the bounce mailbox. Empty: bounces go to the from address."
                    error={form.error('bounceDomain')}
                    optional
                  >
                    {(control) => (
                      <Input
                        {...control}
                        name="bounceDomain"
                        autoComplete="off"
                        placeholder="bounce.example.com"
                        defaultValue={form.value('bounceDomain', stored?.bounceDomain ?? '')}
                      />
                    )}
                  </Field>
                </>
              )}
            </div>
            <DialogFooter>
              <DialogClose>
                <Button>Cancel</Button>
              </DialogClose>
              <SubmitButton>{stored ? 'Save sender' : 'Add sender'}</SubmitButton>
            </DialogFooter>
          </>
        )}
      </ActionForm>
    </Dialog>
  );
}
