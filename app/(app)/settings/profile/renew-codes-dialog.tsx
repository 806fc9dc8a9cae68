'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState, useTransition } from 'react';
import { CodeField } from '@/app/(auth)/code-field';
import { renewCodes } from '@/app/(auth)/two-factor/actions';
import { RecoveryCodes } from '@/app/(auth)/two-factor/recovery-codes';
import { answerOf } from '@/components/ui/answer-of';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose } from '@/components/ui/dialog';
import { DialogFooter } from '@/components/ui/dialog-footer';
import { Notice } from '@/components/ui/notice';
import type { ActionError } from '@/lib/http/action';

interface RenewCodesDialogProps {
  email: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Asks for a code, then shows the new ones, once. */
export function RenewCodesDialog({ email, open, onOpenChange }: RenewCodesDialogProps) {
  const router = useRouter();
  const [error, setError] = useState<ActionError>();
  const [codes, setCodes] = useState<string[]>();
  const [pending, startTransition] = useTransition();

  function toggle(next: boolean) {
    onOpenChange(next);
    setError(undefined);
    setCodes(undefined);
    if (!next && codes) router.refresh();
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get('code') ?? '');
    startTransition(async () => {
      const result = await answerOf(renewCodes({ code }));
      if (result.ok) setCodes(result.data.recoveryCodes);
      else setError(result.error);
    });
  }

  const wrong = error?.issues[0]?.message;
  return (
    <Dialog title={codes ? 'Your new recovery codes' : 'Make new recovery codes?'} open={open} onOpenChange={toggle}>
      {codes ? (
        <div className="flex flex-col gap-4">
          <p className="text-ink-soft">The earlier ones do not work any more. These are not shown again.</p>
          <RecoveryCodes codes={codes} email={email} />
          <DialogClose>
            <Button className="self-end">Done</Button>
          </DialogClose>
        </div>
      ) : (
        <form onSubmit={submit} noValidate className="-mx-6 -mb-6 flex flex-col">
          <div className="flex flex-col gap-6 px-6 pb-6">
            <p className="text-ink-soft">You get ten new ones, and the earlier ones stop working.</p>
            {error && !wrong && <Notice tone="failed" title={error.message} live />}
            <CodeField error={wrong} />
          </div>
          <DialogFooter>
            <DialogClose>
              <Button>Cancel</Button>
            </DialogClose>
            <Button type="submit" variant="primary" pending={pending}>
              Make new ones
            </Button>
          </DialogFooter>
        </form>
      )}
    </Dialog>
  );
}
