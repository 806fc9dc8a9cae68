'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { failureOf } from '@/components/shell/failure-of';
import { readJson } from '@/components/shell/read-json';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Dialog, DialogClose } from '@/components/ui/dialog';
import { Field, FieldError } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { formatNumber } from '@/components/ui/number';
import { RadioGroup } from '@/components/ui/radio-group';
import { typedMatches } from '@/components/ui/typed-matches';
import type { ErrorClass } from '@/lib/domain/delivery-error';
import type { RerunOptions } from '@/lib/features/runs/rerun-options';
import { resume, retry, startRerun } from './actions';
import { classCounts, rerunChoices } from './rerun-choices';
import type { RunPart } from './run-live';
import { attemptAct } from './use-act';

interface RerunDialogProps {
  part: RunPart;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

const CLASS_LABELS: Record<ErrorClass, string> = {
  recipient: 'About the recipient',
  content: 'About the content',
  provider: 'About the provider',
  account: 'About our account',
  internal: 'Our own fault',
};

/** Every way to send again, each with its number before the click. */
export function RerunDialog({ part, open, onOpenChange }: RerunDialogProps) {
  const { run, details, refresh } = part;
  const router = useRouter();
  const [chosen, setChosen] = useState<string>();
  const [without, setWithout] = useState<ReadonlySet<ErrorClass>>(new Set());
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string>();
  const [requestKey] = useState(() => crypto.randomUUID());
  const [pending, startTransition] = useTransition();
  const url = `/api/v1/runs/${run.id}/rerun-options`;
  const options = useQuery({ queryKey: [url], queryFn: () => readJson<RerunOptions>(url), enabled: open });
  const failure = failureOf(options);
  const choices = rerunChoices(part, options.data ?? null);
  const choice = choices.find(({ value }) => value === chosen);
  const classes = classCounts(details.issues);
  const wanted = classes.filter(({ errorClass }) => !without.has(errorClass));
  const nRetry = wanted.reduce((sum, { n }) => sum + n, 0);
  const number = choice?.kind === 'retry' ? nRetry : (choice?.people ?? 0);
  const ready =
    choice !== undefined && number > 0 && (choice.kind !== 'everybody' || typedMatches(typed, String(number)));

  function setOpen(next: boolean) {
    if (pending) return;
    setProblem(undefined);
    setTyped('');
    onOpenChange(next);
  }

  async function perform(): Promise<string | undefined> {
    if (choice?.kind === 'continue')
      return attemptAct(
        () => resume({ runId: run.id }),
        () => 'Resumed where it stopped.',
      );
    if (choice?.kind === 'retry') {
      const input = { runId: run.id, classes: wanted.map(({ errorClass }) => errorClass) };
      return attemptAct(
        () => retry(input),
        ({ queued }) => `${formatNumber(queued)} queued again.`,
      );
    }
    if (choice?.kind !== 'new_matches' && choice?.kind !== 'from_step' && choice?.kind !== 'everybody') return;
    const { kind, step } = choice;
    return attemptAct(
      () => startRerun({ runId: run.id, kind, requestKey, ...(step !== undefined && { step }) }),
      ({ runId }) => {
        router.push(`/runs/${runId}`);
        return 'A new run was started.';
      },
    );
  }

  function submit() {
    if (choice?.kind === 'doubt') {
      setOpen(false);
      document.getElementById('doubt')?.scrollIntoView();
      return;
    }
    startTransition(async () => {
      const refusal = await perform();
      setProblem(refusal);
      await refresh();
      if (!refusal) onOpenChange(false);
    });
  }

  return (
    <Dialog
      size="md"
      open={open}
      onOpenChange={setOpen}
      title="Send again, to whom?"
      description="Nobody who was accepted is sent anything by the first three."
      footer={
        <>
          <DialogClose>
            <Button disabled={pending}>Leave it</Button>
          </DialogClose>
          <Button variant="primary" disabled={!ready} pending={pending} onClick={submit}>
            {choice ? choice.action(number) : 'Choose one'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <RadioGroup
          look="ruled"
          aria-label="Send again"
          value={choice?.value ?? ''}
          onValueChange={setChosen}
          options={choices.map(({ value, label, hint, people, disabled }) => ({
            value,
            label,
            hint,
            disabled: disabled || people === 0,
            aside: people === null ? (failure ? '?' : '…') : formatNumber(people),
          }))}
        />
        {failure && <FieldError message={`The numbers of new runs could not be counted. ${failure.message}`} />}
        {choice?.kind === 'retry' && classes.length > 1 && (
          <fieldset className="flex flex-col gap-2">
            <legend className="pb-2 font-medium text-sm">Which failures</legend>
            {classes.map(({ errorClass, n }) => (
              <Checkbox
                key={errorClass}
                label={`${CLASS_LABELS[errorClass]}: ${formatNumber(n)}`}
                checked={!without.has(errorClass)}
                onCheckedChange={(on) => {
                  const next = new Set(without);
                  if (on === true) next.delete(errorClass);
                  else next.add(errorClass);
                  setWithout(next);
                }}
              />
            ))}
          </fieldset>
        )}
        {choice?.kind === 'everybody' && number > 0 && (
          <Field label={`Type ${number} to confirm`} hint="People who were already sent this get it again.">
            {(control) => (
              <Input
                {...control}
                mono
                autoComplete="off"
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            )}
          </Field>
        )}
        <FieldError message={problem} />
      </div>
    </Dialog>
  );
}
