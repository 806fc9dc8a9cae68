'use client';

import type { ReactNode } from 'react';
import { EvidenceFields, readEvidence } from '@/components/contacts/evidence-fields';
import { FormDialog } from '@/components/contacts/form-dialog';
import { answerOf } from '@/components/ui/answer-of';
import { toast } from '@/components/ui/toast';
import { optOut } from '../actions';

interface OptOutDialogProps {
  contactId: string;
  channel: 'email' | 'sms';
  isOut: boolean;
  trigger: ReactNode;
}

/** Takes somebody out of a channel at their own wish, or back in. */
export function OptOutDialog({ contactId, channel, isOut, trigger }: OptOutDialogProps) {
  const name = channel === 'email' ? 'email' : 'SMS';

  async function submit(data: FormData): Promise<string | undefined> {
    const result = await answerOf(optOut({ contactId, channel, optedOut: !isOut, ...readEvidence(data) }));
    if (!result.ok) return result.error.message;
    toast.done(isOut ? `Opted in to ${name} again.` : `Opted out of ${name}. The next message already respects it.`);
  }

  return (
    <FormDialog
      title={isOut ? `Opt in to ${name} again?` : `Opt out of ${name}?`}
      description={
        isOut
          ? `Only at the person’s own wish. Lists they unsubscribed from stay unsubscribed.`
          : `No campaign sends them ${name} any more, whatever lists they are on. A run under way leaves them out, too.`
      }
      trigger={trigger}
      submit={isOut ? 'Opt in again' : `Opt out of ${name}`}
      danger={!isOut}
      onSubmit={submit}
    >
      <EvidenceFields />
    </FormDialog>
  );
}
