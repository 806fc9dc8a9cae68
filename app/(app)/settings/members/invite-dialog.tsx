'use client';

import { type FormEvent, useState, useTransition } from 'react';
import { answerOf } from '@/components/ui/answer-of';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code';
import { Dialog, DialogClose } from '@/components/ui/dialog';
import { DialogFooter } from '@/components/ui/dialog-footer';
import { Field, Fieldset } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { RadioGroup } from '@/components/ui/radio-group';
import { toast } from '@/components/ui/toast';
import type { Role } from '@/lib/domain/role';
import { ROLE_WORDS } from '@/lib/domain/role-words';
import type { ActionError } from '@/lib/http/action';
import { invite } from './actions';

interface InviteDialogProps {
  roles: Role[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Asks for address and role; if the mail cannot be sent, shows the link instead, once. */
export function InviteDialog({ roles, open, onOpenChange }: InviteDialogProps) {
  const [error, setError] = useState<ActionError>();
  const [handOver, setHandOver] = useState<{ email: string; link: string }>();
  const [pending, startTransition] = useTransition();

  function toggle(next: boolean) {
    onOpenChange(next);
    setError(undefined);
    setHandOver(undefined);
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const role = roles.find((each) => each === data.get('role')) ?? 'viewer';
    startTransition(async () => {
      const result = await answerOf(invite({ email: String(data.get('email') ?? ''), role }));
      if (!result.ok) return setError(result.error);
      const { email, link } = result.data;
      if (link) return setHandOver({ email, link });
      toggle(false);
      toast.done(`An invitation is on its way to ${email}.`);
    });
  }

  const emailError = error?.issues.find(({ path }) => path === 'email')?.message;
  return (
    <Dialog title={handOver ? 'Invited, but not mailed' : 'Invite a colleague'} open={open} onOpenChange={toggle}>
      {handOver ? (
        <div className="flex flex-col gap-4">
          <p className="text-ink-soft">
            The mail server did not take the message. Hand this link to {handOver.email} yourself; it works once, for 7
            days, and is not shown again.
          </p>
          <CodeBlock code={handOver.link} of="the link" />
          <DialogClose>
            <Button className="self-end">Done</Button>
          </DialogClose>
        </div>
      ) : (
        <form onSubmit={submit} noValidate className="-mx-6 -mb-6 flex flex-col">
          <div className="flex flex-col gap-6 px-6 pb-6">
            {error && !emailError && <Notice tone="failed" title={error.message} live />}
            <Field label="Email" error={emailError} required>
              {(control) => <Input {...control} name="email" type="email" autoComplete="off" inputMode="email" />}
            </Field>
            <Fieldset legend="Role">
              <RadioGroup
                name="role"
                look="ruled"
                aria-label="Role"
                defaultValue="marketer"
                options={roles.map((role) => ({
                  value: role,
                  label: ROLE_WORDS[role].label,
                  hint: ROLE_WORDS[role].can,
                }))}
              />
            </Fieldset>
          </div>
          <DialogFooter>
            <DialogClose>
              <Button>Cancel</Button>
            </DialogClose>
            <Button type="submit" variant="primary" pending={pending}>
              Send invitation
            </Button>
          </DialogFooter>
        </form>
      )}
    </Dialog>
  );
}
