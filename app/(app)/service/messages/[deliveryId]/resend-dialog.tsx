'use client';

import { Repeat2 } from 'lucide-react';
import { useState } from 'react';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { SubmitButton } from '@/components/ui/submit-button';
import { Textarea } from '@/components/ui/textarea';
import { toast } from '@/components/ui/toast';
import { RESEND_REASONS } from '@/lib/domain/service-history';
import { sendAgain } from './actions';

const REASONS = Object.entries(RESEND_REASONS).map(([value, label]) => ({ value, label }));

/** Sends this very message once more, to the address it went to. */
export function ResendDialog({ deliveryId, to }: { deliveryId: string; to: string }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      title="Send this message again"
      description={`One message goes to ${to} again, with the same words and values. The numbers of its run stay as they are.`}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button variant="primary">
          <Repeat2 /> Send again
        </Button>
      }
    >
      <ActionForm
        action={sendAgain}
        onDone={({ message = '' }) => {
          setOpen(false);
          toast.done(message);
        }}
      >
        {({ error, value }) => (
          <>
            <input type="hidden" name="deliveryId" value={deliveryId} />
            <Field label="Why" error={error('reason')} required>
              {(control) => (
                <Select {...control} name="reason" defaultValue={value('reason', 'not_arrived')} options={REASONS} />
              )}
            </Field>
            <Field label="Note" optional error={error('note')}>
              {(control) => <Textarea {...control} name="note" maxLength={500} defaultValue={value('note')} />}
            </Field>
            <SubmitButton className="self-end">Send 1 message</SubmitButton>
          </>
        )}
      </ActionForm>
    </Dialog>
  );
}
