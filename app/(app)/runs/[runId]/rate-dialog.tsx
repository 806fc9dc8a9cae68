'use client';

import { type FormEvent, useId, useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input, InputGroup } from '@/components/ui/input';
import { formatNumber } from '@/components/ui/number';
import { setRate } from './actions';
import type { RunPart } from './run-live';
import { attemptAct } from './use-act';

interface RateDialogProps {
  part: RunPart;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** How fast this run may send; an empty field lifts the limit. */
export function RateDialog({ part, open, onOpenChange }: RateDialogProps) {
  const { run, progress, refresh } = part;
  const form = useId();
  const [problem, setProblem] = useState<string>();
  const [pending, startTransition] = useTransition();

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const typed = String(new FormData(event.currentTarget).get('rate') ?? '').trim();
    const maxPerSecond = typed === '' ? null : Number(typed.replace(',', '.'));
    if (maxPerSecond !== null && !Number.isFinite(maxPerSecond)) {
      setProblem('Type a number, or nothing for no limit.');
      return;
    }
    startTransition(async () => {
      const refusal = await attemptAct(
        () => setRate({ runId: run.id, maxPerSecond }),
        () =>
          maxPerSecond === null
            ? 'The run has no limit of its own now.'
            : `At most ${formatNumber(maxPerSecond)} a second now.`,
      );
      setProblem(refusal);
      if (refusal) return;
      await refresh();
      onOpenChange(false);
    });
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setProblem(undefined);
        onOpenChange(next);
      }}
      title="How fast may it send?"
      description="Takes effect with the next batch. A provider’s own limit holds as well."
      footer={
        <>
          <DialogClose>
            <Button disabled={pending}>Keep as it is</Button>
          </DialogClose>
          <Button type="submit" form={form} variant="primary" pending={pending}>
            Set the rate
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate>
        <Field label="At most" hint="Empty: no limit of its own." error={problem} optional>
          {(control) => (
            <InputGroup after="messages a second">
              <Input
                {...control}
                name="rate"
                inputMode="decimal"
                autoComplete="off"
                defaultValue={progress.maxPerSecond ?? ''}
              />
            </InputGroup>
          )}
        </Field>
      </form>
    </Dialog>
  );
}
