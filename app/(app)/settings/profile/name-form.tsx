'use client';

import { ActionForm } from '@/components/ui/action-form';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { SubmitButton } from '@/components/ui/submit-button';
import { toast } from '@/components/ui/toast';
import { saveName } from './actions';

export function NameForm({ name, email }: { name: string; email: string }) {
  return (
    <ActionForm action={saveName} onDone={() => toast.done('Your name is saved.')}>
      {({ error, value }) => (
        <>
          <Field label="Name" hint="As colleagues and the audit log know you." error={error('name')} required>
            {(control) => <Input {...control} name="name" autoComplete="name" defaultValue={value('name', name)} />}
          </Field>
          <Field label="Email" hint="You sign in with it. An owner invites you anew under another address.">
            {(control) => <Input {...control} value={email} readOnly />}
          </Field>
          <SubmitButton className="self-start">Save name</SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
