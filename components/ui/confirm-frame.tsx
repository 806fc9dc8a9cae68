'use client';

import { AlertDialog as Radix } from 'radix-ui';
import { type ReactNode, useId, useState, useTransition } from 'react';
import { refusalOf } from './answer-of';
import { Button } from './button';
import { cn } from './cn';
import { DialogFooter } from './dialog-footer';
import { dialogStyle, scrimStyle } from './dialog-style';
import { FieldError } from './field';
import { Input } from './input';
import { typedMatches } from './typed-matches';
import { useReturnFocus } from './use-return-focus';

export interface ConfirmFrameProps {
  /** A question: `Send to 15,143 people?` */
  title: string;
  /** What will happen, with the numbers, and whether it can be undone. */
  children: ReactNode;
  /** What the button says: `Send to 15,143`. */
  action: string;
  /** Runs the action; a returned sentence is shown and the dialog stays open. */
  onConfirm: () => Promise<string | undefined> | string | undefined;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  danger?: boolean;
  /** Must be typed before the button works; for the largest actions only. */
  typed?: string;
  keep?: string;
}

/** What `Confirm` loads when it is first opened. */
export function ConfirmFrame(props: ConfirmFrameProps) {
  const {
    title,
    children,
    action,
    onConfirm,
    open,
    onOpenChange,
    danger = false,
    typed,
    keep = 'Keep as it is',
  } = props;
  const id = useId();
  const returnFocus = useReturnFocus();
  const [entry, setEntry] = useState('');
  const [problem, setProblem] = useState<string>();
  const [pending, startTransition] = useTransition();
  const ready = typed === undefined || typedMatches(entry, typed);

  function setOpen(next: boolean) {
    if (pending) return;
    setEntry('');
    setProblem(undefined);
    onOpenChange(next);
  }

  function confirm() {
    if (!ready) return;
    startTransition(async () => {
      const answer = await refusalOf(onConfirm);
      if (answer) {
        setProblem(answer);
        return;
      }
      setEntry('');
      onOpenChange(false);
    });
  }

  return (
    <Radix.Root open={open} onOpenChange={setOpen}>
      <Radix.Portal>
        <Radix.Overlay className={scrimStyle} />
        <Radix.Content className={cn(dialogStyle, 'max-w-md')} {...returnFocus}>
          <div className="flex min-h-0 flex-col gap-3 overflow-y-auto px-6 pt-5 pb-6">
            <Radix.Title className="font-semibold text-base">{title}</Radix.Title>
            <Radix.Description asChild>
              <div className="flex flex-col gap-3 text-ink-soft text-sm">{children}</div>
            </Radix.Description>
            {typed !== undefined && (
              <div className="flex flex-col gap-1.5 pt-1">
                <label htmlFor={id} className="text-sm">
                  Type <span className="rounded-xs bg-well px-1 font-medium font-mono">{typed}</span> to confirm
                </label>
                <Input
                  id={id}
                  mono
                  autoComplete="off"
                  spellCheck={false}
                  value={entry}
                  onChange={(event) => setEntry(event.target.value)}
                  onKeyDown={(event) => event.key === 'Enter' && confirm()}
                />
              </div>
            )}
            <FieldError message={problem} />
          </div>
          <DialogFooter>
            <Radix.Cancel asChild>
              <Button disabled={pending}>{keep}</Button>
            </Radix.Cancel>
            <Button variant={danger ? 'danger' : 'primary'} disabled={!ready} pending={pending} onClick={confirm}>
              {action}
            </Button>
          </DialogFooter>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
