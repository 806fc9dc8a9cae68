'use client';

import { FlaskConical } from 'lucide-react';
import { useId, useState, useTransition } from 'react';
import { ContactPicker, type PickedContact } from '@/components/campaigns/contact-picker';
import { TokenInput } from '@/components/segments/token-input';
import { sendJson } from '@/components/shell/read-json';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose } from '@/components/ui/dialog';
import { Field, Label } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { Select } from '@/components/ui/select';
import { Stamp } from '@/components/ui/stamp';
import type { MessageStep } from '@/lib/domain/campaign';
import { useBuilder } from './builder-context';

interface TestOutcome {
  to: string;
  outcome: 'accepted' | 'rejected' | 'unknown';
  text: string;
}

interface TestDialogProps {
  ownEmail: string;
  /** Stores what is on the screen first: the test is of the saved draft. */
  save: () => Promise<boolean>;
}

const STAMPS = { accepted: 'accepted', rejected: 'failed', unknown: 'in_doubt' } as const;

/** One step, really sent, to our own people with somebody's data. */
export function TestDialog({ ownEmail, save }: TestDialogProps) {
  const { campaignId, draft } = useBuilder();
  const id = useId();
  const steps = draft.flow.filter((step): step is MessageStep => step.kind === 'email' || step.kind === 'sms');
  const [stepId, setStepId] = useState('');
  const step = steps.find((each) => each.id === stepId) ?? steps[0];
  const [to, setTo] = useState<Record<MessageStep['kind'], string[]>>({ email: [ownEmail], sms: [] });
  const [contact, setContact] = useState<PickedContact | null>(null);
  const [problem, setProblem] = useState<string>();
  const [outcomes, setOutcomes] = useState<TestOutcome[]>();
  const [pending, startTransition] = useTransition();
  const kind = step?.kind ?? 'email';

  function send() {
    if (!step) return;
    setProblem(undefined);
    setOutcomes(undefined);
    if (to[kind].length === 0) return setProblem('Enter an address to send the test to.');
    startTransition(async () => {
      if (!(await save())) return setProblem('The campaign could not be saved first, so nothing was sent.');
      try {
        const body = { stepId: step.id, to: to[kind], contactId: contact?.id ?? null };
        const answer = await sendJson<{ items: TestOutcome[] }>(`/api/v1/campaigns/${campaignId}/test`, body);
        setOutcomes(answer.items);
      } catch (error) {
        setProblem(error instanceof Error ? error.message : String(error));
      }
    });
  }

  return (
    <Dialog
      title="Send a test"
      description="Really sent, through the real provider. The subject begins with “[Test]”, links to unsubscribe do nothing, and it is in no statistic."
      trigger={
        <Button disabled={steps.length === 0}>
          <FlaskConical /> Send a test
        </Button>
      }
      footer={
        <>
          <DialogClose>
            <Button>Close</Button>
          </DialogClose>
          <Button variant="primary" pending={pending} onClick={send}>
            {to[kind].length > 1 ? `Send ${to[kind].length} tests` : 'Send the test'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        {problem && <Notice tone="failed" title={problem} live />}
        {outcomes && (
          <ul className="border-rule border-t" aria-label="What came of it">
            {outcomes.map(({ to: address, outcome, text }) => (
              <li key={address} className="flex flex-col gap-1 border-rule border-b py-2.5">
                <span className="flex items-center justify-between gap-3">
                  <span className="min-w-0 truncate font-medium">{address}</span>
                  <Stamp status={STAMPS[outcome]} />
                </span>
                <span className="text-ink-soft text-xs [overflow-wrap:anywhere]">{text}</span>
              </li>
            ))}
          </ul>
        )}
        {steps.length > 1 && (
          <Field label="Step">
            {(control) => (
              <Select
                {...control}
                value={step?.id ?? ''}
                onValueChange={setStepId}
                options={steps.map(({ id: value, name }) => ({ value, label: name }))}
              />
            )}
          </Field>
        )}
        <div className="flex flex-col gap-1.5">
          <Label>To</Label>
          <div className="flex">
            <TokenInput
              key={kind}
              noun={kind === 'email' ? 'Email address' : 'Phone number'}
              describedBy={`${id}-to`}
              values={to[kind]}
              onChange={(next) => setTo({ ...to, [kind]: next.slice(0, 10) })}
            />
          </div>
          <p id={`${id}-to`} className="text-ink-faint text-xs">
            {kind === 'email' ? 'Up to ten addresses of your own people.' : 'Up to ten numbers, such as +6591234567.'}
          </p>
        </div>
        <Field label="With the data of">
          {(control) => (
            <ContactPicker {...control} nobody="Nobody: every fallback shows" value={contact} onChange={setContact} />
          )}
        </Field>
      </div>
    </Dialog>
  );
}
