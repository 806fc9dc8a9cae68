'use client';

import { FormDialog } from '@/components/contacts/form-dialog';
import { answerOf } from '@/components/ui/answer-of';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Textarea } from '@/components/ui/textarea';
import { toast } from '@/components/ui/toast';
import { erase } from '../actions';

const WORD = 'erase';

interface EraseDialogProps {
  contactId: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Erases a person for good; asks for the word, because nothing brings the person back. */
export function EraseDialog({ contactId, open, onOpenChange }: EraseDialogProps) {
  async function submit(data: FormData): Promise<string | undefined> {
    if (String(data.get('word') ?? '').trim() !== WORD) return `Type “${WORD}” to confirm. Nothing was changed.`;
    const result = await answerOf(erase({ contactId, why: String(data.get('why') ?? '') }));
    if (!result.ok)
      return result.error.issues.some(({ path }) => path === 'why') ? 'Say who asked, and how.' : result.error.message;
    toast.done('This person is erased.');
  }

  return (
    <FormDialog
      title="Erase this person?"
      description="Every personal value goes, also from runs, history and import reports. Counts stay. Only a keyed hash of each address remains, so that no import brings the person back. This cannot be undone."
      submit="Erase for good"
      danger
      open={open}
      onOpenChange={onOpenChange}
      onSubmit={submit}
    >
      <Field label="Who asked, and how" required hint="Part of the receipt; no personal data here.">
        {(control) => <Textarea {...control} name="why" rows={2} maxLength={500} />}
      </Field>
      <Field label={`Type “${WORD}” to confirm`} required>
        {(control) => <Input {...control} name="word" mono autoComplete="off" spellCheck={false} />}
      </Field>
    </FormDialog>
  );
}
