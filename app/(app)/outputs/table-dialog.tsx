'use client';

import { ActionForm, type FormState } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose } from '@/components/ui/dialog';
import { DialogFooter } from '@/components/ui/dialog-footer';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { SubmitButton } from '@/components/ui/submit-button';
import { Textarea } from '@/components/ui/textarea';
import { toast } from '@/components/ui/toast';

interface TableDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  submit: string;
  action: (state: FormState, data: FormData) => Promise<FormState>;
  stored?: { id: string; name: string; columns: string[] };
}

/** Name and columns of an output table. */
export function TableDialog({ open, onOpenChange, title, submit, action, stored }: TableDialogProps) {
  return (
    <Dialog title={title} open={open} onOpenChange={onOpenChange}>
      <ActionForm
        action={action}
        className="-mx-6 -mb-6 gap-0 [&>[data-form-message]]:px-6 [&>[data-form-message]]:pb-5"
        onDone={({ message }) => {
          onOpenChange(false);
          if (message) toast.done(message);
        }}
      >
        {(form) => (
          <>
            <div className="flex flex-col gap-6 px-6 pb-6">
              {stored && <input type="hidden" name="id" value={stored.id} />}
              <Field label="Name" error={form.error('name') ?? form.error('slug')} required>
                {(control) => <Input {...control} name="name" defaultValue={form.value('name', stored?.name)} />}
              </Field>
              <Field
                label="Columns"
                hint="One a line, in the order of the table: fields of a contact, or outcome, sent_at, campaign, step. Empty: whatever the record step writes."
                error={form.error('columns')}
                optional
              >
                {(control) => (
                  <Textarea
                    {...control}
                    mono
                    rows={6}
                    name="columns"
                    placeholder={'external_id\nemail\noutcome\nsent_at'}
                    defaultValue={form.value('columns', stored?.columns.join('\n'))}
                  />
                )}
              </Field>
            </div>
            <DialogFooter>
              <DialogClose>
                <Button>Cancel</Button>
              </DialogClose>
              <SubmitButton>{submit}</SubmitButton>
            </DialogFooter>
          </>
        )}
      </ActionForm>
    </Dialog>
  );
}
