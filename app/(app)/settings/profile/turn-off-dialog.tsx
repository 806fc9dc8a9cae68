'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState, useTransition } from 'react';
import { CodeField } from '@/app/(auth)/code-field';
import { PasswordField } from '@/app/(auth)/password-field';
import { turnOff } from '@/app/(auth)/two-factor/actions';
import { answerOf } from '@/components/ui/answer-of';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose } from '@/components/ui/dialog';
import { DialogFooter } from '@/components/ui/dialog-footer';
import { Notice } from '@/components/ui/notice';
import { toast } from '@/components/ui/toast';
import type { ActionError } from '@/lib/http/action';

interface TurnOffDialogProps {
  email: string;
  hasPassword: boolean;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Asks for both proofs. */
export function TurnOffDialog({ email, hasPassword, open, onOpenChange }: TurnOffDialogProps) {
  const router = useRouter();
  const [error, setError] = useState<ActionError>();
  const [pending, startTransition] = useTransition();

  function toggle(next: boolean) {
    onOpenChange(next);
    setError(undefined);
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const given = { code: String(data.get('code') ?? ''), password: String(data.get('password') ?? '') };
    startTransition(async () => {
      const result = await answerOf(turnOff(given));
      if (!result.ok) return setError(result.error);
      toggle(false);
      toast.done('Two-factor sign-in is off.');
      router.refresh();
    });
  }

  const issue = (path: string) => error?.issues.find((one) => one.path === path)?.message;
  return (
    <Dialog title="Turn two-factor sign-in off?" open={open} onOpenChange={toggle}>
      <form onSubmit={submit} noValidate className="-mx-6 -mb-6 flex flex-col">
        <div className="flex flex-col gap-6 px-6 pb-6">
          <p className="text-ink-soft">
            A password or a mailed link is then enough to sign in. You are signed out everywhere else.
          </p>
          {error && error.issues.length === 0 && <Notice tone="failed" title={error.message} live />}
          {hasPassword && <PasswordField email={email} error={issue('password')} />}
          <CodeField error={issue('code')} />
        </div>
        <DialogFooter>
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
          <Button type="submit" variant="danger" pending={pending}>
            Turn it off
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
