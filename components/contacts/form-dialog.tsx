'use client';

import { type FormEvent, type ReactNode, useState, useTransition } from 'react';
import { refusalOf } from '@/components/ui/answer-of';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose } from '@/components/ui/dialog';
import { DialogFooter } from '@/components/ui/dialog-footer';
import { Notice } from '@/components/ui/notice';

interface FormDialogProps {
  title: string;
  description?: ReactNode;
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  submit: string;
  danger?: boolean;
  /** Answers a sentence when it was refused; then everything typed stays. */
  onSubmit: (data: FormData) => Promise<string | undefined>;
  children: ReactNode;
}

/** A small form in a dialog: closes when it was done, stays with what was typed when it was not. */
export function FormDialog(props: FormDialogProps) {
  const { title, description, trigger, submit, danger = false, onSubmit, children } = props;
  const [ownOpen, setOwnOpen] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [pending, startTransition] = useTransition();

  function toggle(next: boolean) {
    setProblem(undefined);
    setOwnOpen(next);
    props.onOpenChange?.(next);
  }

  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    startTransition(async () => {
      const refusal = await refusalOf(() => onSubmit(data));
      if (refusal) setProblem(refusal);
      else toggle(false);
    });
  }

  return (
    <Dialog
      title={title}
      description={description}
      trigger={trigger}
      open={props.open ?? ownOpen}
      onOpenChange={toggle}
    >
      <form onSubmit={send} noValidate className="-mx-6 -mb-6 flex flex-col">
        <div className="flex flex-col gap-6 px-6 pb-6">
          {problem && <Notice tone="failed" title={problem} live />}
          {children}
        </div>
        <DialogFooter>
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
          <Button type="submit" variant={danger ? 'danger' : 'primary'} pending={pending}>
            {submit}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
