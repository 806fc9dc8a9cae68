'use client';

import { type FormEvent, useState, useTransition } from 'react';
import { answerOf } from '@/components/ui/answer-of';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose } from '@/components/ui/dialog';
import { DialogFooter } from '@/components/ui/dialog-footer';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { sendTest } from './actions';

interface SendMeOneProps {
  sender: { id: string; name: string; channel: 'email' | 'sms'; address: string };
  /** Where one's own mail goes. */
  ownEmail: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

type Report = { tone: 'accepted' | 'failed' | 'attention'; title: string; text: string };

const OUTCOMES: Record<string, Pick<Report, 'tone' | 'title'>> = {
  accepted: { tone: 'accepted', title: 'The provider took it. Look whether it arrived.' },
  rejected: { tone: 'failed', title: 'The provider refused it.' },
};
const UNSURE = { tone: 'attention', title: 'There was no clear answer: it may have been sent.' } as const;

/** One real message to oneself, outside every campaign and statistic. */
export function SendMeOne({ sender, ownEmail, open, onOpenChange }: SendMeOneProps) {
  const [report, setReport] = useState<Report>();
  const [problem, setProblem] = useState<string>();
  const [pending, startTransition] = useTransition();
  const isEmail = sender.channel === 'email';

  function toggle(next: boolean) {
    onOpenChange(next);
    setReport(undefined);
    setProblem(undefined);
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const to = String(new FormData(event.currentTarget).get('to') ?? '');
    setReport(undefined);
    setProblem(undefined);
    startTransition(async () => {
      const result = await answerOf(sendTest({ senderId: sender.id, to }));
      if (!result.ok) return setProblem(result.error.issues[0]?.message ?? result.error.message);
      const { outcome, text } = result.data;
      setReport({ ...(OUTCOMES[outcome] ?? UNSURE), text });
    });
  }

  return (
    <Dialog
      title="Send me one"
      description={`From ${sender.name} <${sender.address}>, to prove that it works.`}
      open={open}
      onOpenChange={toggle}
    >
      <form onSubmit={submit} noValidate className="-mx-6 -mb-6 flex flex-col">
        <div className="flex flex-col gap-4 px-6 pb-6">
          <Field
            label={isEmail ? 'To this address' : 'To this number'}
            hint={isEmail ? undefined : 'With its country, such as +6591234567.'}
            error={problem}
            required
          >
            {(control) => (
              <Input
                {...control}
                name="to"
                type={isEmail ? 'email' : 'tel'}
                defaultValue={isEmail ? ownEmail : ''}
                autoComplete={isEmail ? 'email' : 'tel'}
              />
            )}
          </Field>
          {report && (
            <Notice tone={report.tone} title={report.title} live>
              {report.text}
            </Notice>
          )}
        </div>
        <DialogFooter>
          <DialogClose>
            <Button>Done</Button>
          </DialogClose>
          <Button type="submit" variant="primary" pending={pending}>
            Send 1
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
