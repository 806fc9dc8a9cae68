'use client';

import { Link2, NotebookPen } from 'lucide-react';
import { useState, useTransition } from 'react';
import { ActionForm } from '@/components/ui/action-form';
import { answerOf } from '@/components/ui/answer-of';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { RelativeTime } from '@/components/ui/relative-time';
import { SubmitButton } from '@/components/ui/submit-button';
import { Textarea } from '@/components/ui/textarea';
import { toast } from '@/components/ui/toast';
import { linkPanel, noteOnCustomer } from './actions';
import { UnsubscribeDialog } from './unsubscribe-dialog';

interface CustomerActsProps {
  contact: { id: string; emailOptedOutAt: string | null; smsOptedOutAt: string | null };
  mayAct: boolean;
}

export function CustomerActs({ contact, mayAct }: CustomerActsProps) {
  const { id, emailOptedOutAt, smsOptedOutAt } = contact;
  const open = [...(emailOptedOutAt ? [] : (['email'] as const)), ...(smsOptedOutAt ? [] : (['sms'] as const))];
  return (
    <>
      <PanelDialog contactId={id} />
      {mayAct && <NoteDialog contactId={id} />}
      {mayAct && <UnsubscribeDialog contactId={id} channels={open} />}
    </>
  );
}

function NoteDialog({ contactId }: { contactId: string }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      title="Add a note"
      description="It stands in the history of this customer, under your name."
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button>
          <NotebookPen /> Add a note
        </Button>
      }
    >
      <ActionForm
        action={noteOnCustomer}
        onDone={({ message = '' }) => {
          setOpen(false);
          toast.done(message);
        }}
      >
        {({ error, value }) => (
          <>
            <input type="hidden" name="contactId" value={contactId} />
            <Field label="Note" error={error('text')} required>
              {(control) => <Textarea {...control} name="text" maxLength={2000} defaultValue={value('text')} />}
            </Field>
            <SubmitButton className="self-end">Add note</SubmitButton>
          </>
        )}
      </ActionForm>
    </Dialog>
  );
}

/** Makes a link for a frame in another system; each opening of the dialog makes a new one. */
function PanelDialog({ contactId }: { contactId: string }) {
  const [open, setOpen] = useState(false);
  const [link, setLink] = useState<{ url: string; expiresAt: string }>();
  const [pending, startTransition] = useTransition();

  function make() {
    startTransition(async () => {
      const result = await answerOf(linkPanel({ contactId }));
      if (!result.ok) return void toast.failed(result.error.message);
      const { url, expiresAt } = result.data;
      setLink({ url, expiresAt: new Date(expiresAt).toISOString() });
      setOpen(true);
    });
  }

  return (
    <>
      <Button variant="quiet" onClick={make} pending={pending}>
        <Link2 /> Panel link
      </Button>
      <Dialog
        title="This customer in another system"
        description="A read-only panel for a frame on one of the sites that the workspace allows. Whoever has the link sees it until it ends."
        size="md"
        open={open}
        onOpenChange={setOpen}
      >
        {link && (
          <div className="flex flex-col gap-3">
            <CodeBlock code={link.url} of="the link" />
            <p className="text-ink-soft text-sm">
              It ends <RelativeTime at={link.expiresAt} />, or at once when you may not look customers up any more.
            </p>
          </div>
        )}
      </Dialog>
    </>
  );
}
