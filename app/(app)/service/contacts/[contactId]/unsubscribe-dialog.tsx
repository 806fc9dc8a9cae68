'use client';

import { useState } from 'react';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field, Fieldset } from '@/components/ui/field';
import { RadioGroup } from '@/components/ui/radio-group';
import { Select } from '@/components/ui/select';
import { SubmitButton } from '@/components/ui/submit-button';
import { Textarea } from '@/components/ui/textarea';
import { toast } from '@/components/ui/toast';
import { WISH_REASONS } from '@/lib/domain/service-history';
import { unsubscribeCustomer } from './actions';

const CHANNELS = { email: 'Email', sms: 'SMS' } as const;
const REASONS = Object.entries(WISH_REASONS).map(([value, label]) => ({ value, label: `They asked ${label}` }));

interface UnsubscribeDialogProps {
  contactId: string;
  channels: (keyof typeof CHANNELS)[];
}

/** Opts the customer out at their wish; how they asked is kept. Stays when no channel is left, to say that it is done. */
export function UnsubscribeDialog({ contactId, channels }: UnsubscribeDialogProps) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      title="Unsubscribe at their wish"
      description="It takes effect at once for every campaign, also for what is on its way. Only the customer can take it back."
      open={open}
      onOpenChange={setOpen}
      trigger={channels.length > 0 && <Button variant="dangerQuiet">Unsubscribe</Button>}
    >
      <ActionForm
        action={unsubscribeCustomer}
        onDone={({ message = '' }) => {
          setOpen(false);
          toast.done(message);
        }}
      >
        {({ error, value }) => (
          <>
            <input type="hidden" name="contactId" value={contactId} />
            <Fieldset legend="From" error={error('channel')}>
              <RadioGroup
                name="channel"
                aria-label="From"
                defaultValue={value('channel', channels[0])}
                options={channels.map((channel) => ({ value: channel, label: CHANNELS[channel] }))}
              />
            </Fieldset>
            <Field label="How they asked" error={error('reason')} required>
              {(control) => (
                <Select {...control} name="reason" defaultValue={value('reason', 'phone')} options={REASONS} />
              )}
            </Field>
            <Field label="Note" optional error={error('note')}>
              {(control) => <Textarea {...control} name="note" maxLength={500} defaultValue={value('note')} />}
            </Field>
            <SubmitButton variant="danger" className="self-end">
              Unsubscribe
            </SubmitButton>
          </>
        )}
      </ActionForm>
    </Dialog>
  );
}
