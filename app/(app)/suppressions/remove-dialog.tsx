'use client';

import { FormDialog } from '@/components/contacts/form-dialog';
import { answerOf } from '@/components/ui/answer-of';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/textarea';
import { toast } from '@/components/ui/toast';
import { remove } from './actions';
import type { SuppressionReason } from './suppression-words';

interface RemoveDialogProps {
  suppression: { id: string; address: string | null; reason: SuppressionReason };
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Asks why an address may be sent to again. */
export function RemoveDialog({ suppression, open, onOpenChange }: RemoveDialogProps) {
  const { id, address, reason } = suppression;
  async function submit(data: FormData): Promise<string | undefined> {
    const why = String(data.get('why') ?? '').trim();
    if (why === '') return 'Say why it may be sent to again. Nothing was changed.';
    const result = await answerOf(remove({ id, why }));
    if (!result.ok) return result.error.message;
    toast.done(`${address} may be sent to again.`);
  }
  const isDead = reason === 'bounce';
  return (
    <FormDialog
      title={`Allow ${address} again?`}
      description={
        isDead
          ? 'This address did not take mail. If it still does not, it bounces and comes back here.'
          : 'Campaigns may send to it again from now on, as far as lists and consents allow.'
      }
      submit="Allow again"
      danger={reason === 'complaint'}
      onSubmit={submit}
      open={open}
      onOpenChange={onOpenChange}
    >
      <Field label="Reason" required hint="Kept in the audit log with your name.">
        {(control) => <Textarea {...control} name="why" rows={2} maxLength={500} />}
      </Field>
    </FormDialog>
  );
}
