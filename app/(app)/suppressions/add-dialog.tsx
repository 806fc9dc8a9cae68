'use client';

import { FormDialog } from '@/components/contacts/form-dialog';
import { answerOf } from '@/components/ui/answer-of';
import { Field, Fieldset } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { RadioGroup } from '@/components/ui/radio-group';
import { Textarea } from '@/components/ui/textarea';
import { toast } from '@/components/ui/toast';
import { add } from './actions';

/** Keeps one address from ever being sent to. */
export function AddDialog(opened: { open: boolean; onOpenChange: (open: boolean) => void }) {
  async function submit(data: FormData): Promise<string | undefined> {
    const address = String(data.get('address') ?? '').trim();
    const note = String(data.get('note') ?? '').trim();
    if (address === '') return 'Give an address.';
    const channel = data.get('channel') === 'sms' ? ('sms' as const) : ('email' as const);
    const result = await answerOf(add({ channel, address, source: 'dashboard', ...(note && { note }) }));
    if (!result.ok) return result.error.message;
    if (result.data.added) toast.done(`Nothing is sent to ${address} any more.`);
    else toast.note(`${address} was suppressed already; its first reason stays.`);
  }

  return (
    <FormDialog
      title="Suppress an address"
      description="A run under way leaves it out, too."
      submit="Suppress"
      onSubmit={submit}
      {...opened}
    >
      <Fieldset legend="Channel">
        <RadioGroup
          name="channel"
          aria-label="Channel"
          defaultValue="email"
          className="flex-row gap-6"
          options={[
            { value: 'email', label: 'Email' },
            { value: 'sms', label: 'SMS' },
          ]}
        />
      </Fieldset>
      <Field label="Email or phone" required>
        {(control) => <Input {...control} name="address" maxLength={400} autoComplete="off" spellCheck={false} />}
      </Field>
      <Field label="Note" optional hint="Who asked, and how.">
        {(control) => <Textarea {...control} name="note" rows={2} maxLength={500} />}
      </Field>
    </FormDialog>
  );
}
