'use client';

import { useState } from 'react';
import { FormDialog } from '@/components/contacts/form-dialog';
import { answerOf } from '@/components/ui/answer-of';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose } from '@/components/ui/dialog';
import { Field, Fieldset } from '@/components/ui/field';
import { FileDrop } from '@/components/ui/file-drop';
import { counted, formatNumber } from '@/components/ui/number';
import { RadioGroup } from '@/components/ui/radio-group';
import { Select } from '@/components/ui/select';
import { Textarea } from '@/components/ui/textarea';
import { addMany } from './actions';

const MAX_BYTES = 10_000_000;
const REASONS = [
  { value: 'manual', label: 'Added by hand elsewhere' },
  { value: 'unsubscribed', label: 'Unsubscribed elsewhere' },
  { value: 'bounce', label: 'Did not take mail elsewhere' },
  { value: 'complaint', label: 'Complained elsewhere' },
] as const;

interface Outcome {
  added: number;
  known: number;
  rejected: { row: number; text: string; message: string }[];
  rejectedCount: number;
}

/** Takes over a suppression list, as a file or pasted; says row by row what was no address. */
export function ImportDialog(opened: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const [file, setFile] = useState<File | null>(null);
  const [outcome, setOutcome] = useState<Outcome>();

  async function submit(data: FormData): Promise<string | undefined> {
    const text = file ? await file.text() : String(data.get('text') ?? '');
    if (text.trim() === '') return 'Choose a file or paste addresses first.';
    const channel = data.get('channel') === 'sms' ? ('sms' as const) : ('email' as const);
    const reason = REASONS.find(({ value }) => value === data.get('reason'))?.value ?? 'manual';
    const result = await answerOf(addMany({ channel, text, reason, source: file ? 'file' : 'pasted' }));
    if (!result.ok) return result.error.message;
    setFile(null);
    setOutcome(result.data);
  }

  return (
    <>
      <FormDialog
        title="Import suppressions"
        description="One address a line, or CSV with a column “address”, “email” or “phone”. What is suppressed already keeps its first reason."
        submit="Import"
        {...opened}
        onSubmit={submit}
      >
        <FileDrop
          label="Drop a file here"
          accept=".csv,.txt,text/*"
          maxBytes={MAX_BYTES}
          file={file}
          onFile={setFile}
        />
        {!file && (
          <Field label="Or paste addresses">
            {(control) => <Textarea {...control} name="text" mono rows={4} spellCheck={false} className="max-h-48" />}
          </Field>
        )}
        <div className="grid gap-6 sm:grid-cols-2">
          <Fieldset legend="They are">
            <RadioGroup
              name="channel"
              aria-label="They are"
              defaultValue="email"
              options={[
                { value: 'email', label: 'Email addresses' },
                { value: 'sms', label: 'Phone numbers' },
              ]}
            />
          </Fieldset>
          <Field label="Reason">
            {(control) => (
              <Select
                {...control}
                name="reason"
                defaultValue="unsubscribed"
                options={REASONS.map((reason) => ({ ...reason }))}
              />
            )}
          </Field>
        </div>
      </FormDialog>
      <Dialog
        title={outcome ? `${formatNumber(outcome.added)} added` : 'Imported'}
        open={outcome !== undefined}
        onOpenChange={() => setOutcome(undefined)}
        footer={
          <DialogClose>
            <Button variant="primary">Done</Button>
          </DialogClose>
        }
      >
        {outcome && <OutcomeText outcome={outcome} />}
      </Dialog>
    </>
  );
}

function OutcomeText({ outcome: { known, rejected, rejectedCount } }: { outcome: Outcome }) {
  return (
    <div className="flex flex-col gap-4">
      <p className="text-ink-soft">
        {known > 0 ? `${counted(known, 'was', 'were')} suppressed already. ` : ''}
        {rejectedCount > 0
          ? `${counted(rejectedCount, 'row is no address and was', 'rows are no address and were')} left out:`
          : 'Every row was an address.'}
      </p>
      {rejected.length > 0 && (
        <ul className="max-h-64 divide-y divide-rule overflow-y-auto border-rule border-y">
          {rejected.slice(0, 200).map(({ row, text, message }) => (
            <li key={row} className="grid grid-cols-[3.5rem_minmax(0,1fr)] gap-3 py-2">
              <span className="figure text-ink-faint text-xs">Row {row}</span>
              <span className="min-w-0 [overflow-wrap:anywhere]">
                <span className="font-mono text-xs">{text}</span>
                <span className="block text-ink-soft text-xs">{message}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
