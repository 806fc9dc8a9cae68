'use client';

import { ActionForm, type FormState } from '@/components/ui/action-form';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { SubmitButton } from '@/components/ui/submit-button';

interface FailingFormProps {
  action: (state: FormState, data: FormData) => Promise<FormState>;
}

export function FailingForm({ action }: FailingFormProps) {
  return (
    <ActionForm action={action} className="flex max-w-lg flex-col gap-6">
      {(form) => (
        <>
          <Field label="Where it answers" error={form.error('baseUrl')} required>
            {(control) => (
              <Input
                {...control}
                name="baseUrl"
                mono
                defaultValue={form.value('baseUrl', 'http://127.0.0.1:3090')}
                autoComplete="off"
                spellCheck={false}
              />
            )}
          </Field>
          <SubmitButton className="self-start">Add it as four sandbox providers</SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
