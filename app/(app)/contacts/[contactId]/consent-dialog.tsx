'use client';

import type { ReactNode } from 'react';
import { EvidenceFields, readEvidence } from '@/components/contacts/evidence-fields';
import { FormDialog } from '@/components/contacts/form-dialog';
import { answerOf } from '@/components/ui/answer-of';
import { Fieldset } from '@/components/ui/field';
import { RadioGroup } from '@/components/ui/radio-group';
import { toast } from '@/components/ui/toast';
import { setConsent } from '../actions';

const CHOICES = [
  { value: 'granted', label: 'Given', hint: 'The person agreed to get messages on this channel.' },
  { value: 'revoked', label: 'Revoked', hint: 'The person took the agreement back.' },
  { value: 'unknown', label: 'Unknown', hint: 'Nothing proves either.' },
] as const;

const labelOf = (chosen: string) => CHOICES.find(({ value }) => value === chosen)?.label.toLowerCase();

interface ConsentDialogProps {
  contactId: string;
  channel: 'email' | 'sms';
  consent: 'granted' | 'revoked' | 'unknown';
  trigger: ReactNode;
}

/** Keeps what somebody agreed to, with what proves it. */
export function ConsentDialog({ contactId, channel, consent, trigger }: ConsentDialogProps) {
  const name = channel === 'email' ? 'email' : 'SMS';

  async function submit(data: FormData): Promise<string | undefined> {
    const chosen = CHOICES.find(({ value }) => value === data.get('consent'))?.value ?? consent;
    const result = await answerOf(setConsent({ contactId, channel, consent: chosen, ...readEvidence(data) }));
    if (!result.ok) return result.error.message;
    toast.done(
      result.data.changed ? `Consent to ${name}: ${labelOf(chosen)} now.` : 'It was so already; nothing changed.',
    );
  }

  return (
    <FormDialog
      title={`Consent to ${name}`}
      description="Becomes a line of the history, with what proves it."
      trigger={trigger}
      submit="Record consent"
      onSubmit={submit}
    >
      <Fieldset legend="Consent">
        <RadioGroup
          name="consent"
          look="ruled"
          aria-label={`Consent to ${name}`}
          defaultValue={consent}
          options={CHOICES.map((choice) => ({ ...choice }))}
        />
      </Fieldset>
      <EvidenceFields />
    </FormDialog>
  );
}
