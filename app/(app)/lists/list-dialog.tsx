'use client';

import { useRouter } from 'next/navigation';
import { FormDialog } from '@/components/contacts/form-dialog';
import { answerOf } from '@/components/ui/answer-of';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Textarea } from '@/components/ui/textarea';
import { toast } from '@/components/ui/toast';
import { create, update } from './actions';

interface ListDialogProps {
  /** The list to change; without it a new one is made. */
  list?: { id: string; name: string; description: string | null };
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Name and purpose of a list. */
export function ListDialog({ list, open, onOpenChange }: ListDialogProps) {
  const router = useRouter();

  async function submit(data: FormData): Promise<string | undefined> {
    const name = String(data.get('name') ?? '').trim();
    const description = String(data.get('description') ?? '').trim() || null;
    if (name === '') return 'Give the list a name.';
    if (list) {
      const result = await answerOf(update({ id: list.id, name, description }));
      if (!result.ok) return result.error.message;
      toast.done('The list is saved.');
      return;
    }
    const result = await answerOf(create({ name, description }));
    if (!result.ok) return result.error.message;
    toast.done(`“${name}” is made.`);
    router.push(`/lists/${result.data.id}`);
  }

  return (
    <FormDialog
      title={list ? 'Edit list' : 'New list'}
      submit={list ? 'Save list' : 'Make list'}
      onSubmit={submit}
      open={open}
      onOpenChange={onOpenChange}
    >
      <Field label="Name" required hint="People see it on their preference page.">
        {(control) => <Input {...control} name="name" defaultValue={list?.name} maxLength={120} autoComplete="off" />}
      </Field>
      <Field label="Description" optional hint="What they get, and how often; also on the preference page.">
        {(control) => (
          <Textarea {...control} name="description" defaultValue={list?.description ?? ''} rows={2} maxLength={500} />
        )}
      </Field>
    </FormDialog>
  );
}
