'use client';

import { type FormEvent, type ReactNode, useState, useTransition } from 'react';
import type { ActionError, ActionResult } from '@/lib/http/action';
import { answerOf } from './answer-of';
import { Button } from './button';
import { Dialog, DialogClose } from './dialog';
import { DialogFooter } from './dialog-footer';
import { Notice } from './notice';

interface Shown {
  title: string;
  content: ReactNode;
}

interface AnswerDialogProps<T> {
  title: string;
  submit: string;
  danger?: boolean;
  size?: 'sm' | 'md';
  open: boolean;
  onOpenChange: (open: boolean) => void;
  send: (data: FormData) => Promise<ActionResult<T>>;
  /** Answers what is shown this once, such as a secret; without it the dialog closes. */
  onDone: (data: T) => Shown | undefined;
  /** The fields; `issue` is what was wrong with the one of this name. */
  children: (issue: (path: string) => string | undefined) => ReactNode;
}

/** A form in a dialog and, in its place, what it made. It cannot be closed while that is on its way. */
export function AnswerDialog<T>(props: AnswerDialogProps<T>) {
  const { title, submit, danger = false, size = 'sm', open, onOpenChange, send, onDone, children } = props;
  const [error, setError] = useState<ActionError>();
  const [shown, setShown] = useState<Shown>();
  const [pending, startTransition] = useTransition();

  function close() {
    onOpenChange(false);
    setError(undefined);
    setShown(undefined);
  }

  function handle(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    startTransition(async () => {
      const result = await answerOf(send(data));
      if (!result.ok) return setError(result.error);
      const made = onDone(result.data);
      if (made) setShown(made);
      else close();
    });
  }

  const issue = (path: string) => error?.issues.find((one) => one.path === path)?.message;
  return (
    <Dialog
      title={shown?.title ?? title}
      size={size}
      open={open}
      onOpenChange={(next) => {
        if (next) onOpenChange(true);
        else if (!pending) close();
      }}
    >
      {shown ? (
        <div className="flex flex-col gap-4">
          {shown.content}
          <DialogClose>
            <Button className="self-end">Done</Button>
          </DialogClose>
        </div>
      ) : (
        <form onSubmit={handle} noValidate className="-mx-6 -mb-6 flex flex-col">
          <div className="flex flex-col gap-6 px-6 pb-6">
            {error?.issues.length === 0 && <Notice tone="failed" title={error.message} live />}
            {children(issue)}
          </div>
          <DialogFooter>
            <DialogClose>
              <Button disabled={pending}>Cancel</Button>
            </DialogClose>
            <Button type="submit" variant={danger ? 'danger' : 'primary'} pending={pending}>
              {submit}
            </Button>
          </DialogFooter>
        </form>
      )}
    </Dialog>
  );
}
