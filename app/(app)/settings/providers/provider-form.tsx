'use client';

import { ActionForm, type FormState } from '@/components/ui/action-form';
import { Field } from '@/components/ui/field';
import { Input, InputGroup } from '@/components/ui/input';
import { Setting } from '@/components/ui/section';
import { SubmitButton } from '@/components/ui/submit-button';
import { toast } from '@/components/ui/toast';
import { PROVIDER_SECRETS, type ProviderConfig, type ProviderKind } from '@/lib/domain/provider';
import { PROVIDER_NAME } from '@/lib/domain/provider-name';
import { ConfigField } from './config-field';
import { fieldValue, PROVIDER_FIELDS, PROVIDER_WORDS } from './provider-fields';
import { SecretField } from './secret-field';

interface ProviderFormProps {
  kind: ProviderKind;
  action: (state: FormState, data: FormData) => Promise<FormState>;
  submit: string;
  stored?: { id: string; name: string; config: ProviderConfig; secretsSet: string[]; maxPerSecond: number | null };
}

export function ProviderForm({ kind, action, submit, stored }: ProviderFormProps) {
  const fields = PROVIDER_FIELDS[kind];
  const advanced = fields.filter((field) => field.advanced);
  const secrets = Object.entries<{ label: string; required: boolean }>(PROVIDER_SECRETS[kind]);
  return (
    <ActionForm action={action} onDone={({ message }) => message && toast.done(message)}>
      {(form) => (
        <div>
          <Setting title={PROVIDER_NAME[kind]} description={PROVIDER_WORDS[kind]}>
            <Field label="Name" hint="As colleagues find it in lists." error={form.error('name')} required>
              {(control) => (
                <Input
                  {...control}
                  name="name"
                  defaultValue={form.value('name', stored?.name ?? PROVIDER_NAME[kind])}
                />
              )}
            </Field>
            {fields
              .filter((field) => !field.advanced)
              .map((field) => (
                <ConfigField
                  key={field.name}
                  form={form}
                  field={field}
                  stored={fieldValue(field, stored?.config ?? null)}
                />
              ))}
            {secrets.map(([name, { label, required }]) => (
              <SecretField
                // a secret that has just been saved leaves the field
                key={`${name} ${form.state.status === 'done'}`}
                name={name}
                label={label}
                isRequired={required}
                isSet={stored?.secretsSet.includes(name) ?? false}
                error={form.error(`secrets.${name}`)}
              />
            ))}
          </Setting>
          <Setting title="Pace" description="What the provider allows. Campaigns may go slower, never faster.">
            <Field
              label="At most"
              hint="Empty: as fast as the provider takes them."
              error={form.error('maxPerSecond')}
              optional
              className="max-w-60"
            >
              {(control) => (
                <InputGroup after="per second">
                  <Input
                    {...control}
                    name="maxPerSecond"
                    inputMode="decimal"
                    defaultValue={form.value('maxPerSecond', stored?.maxPerSecond?.toString() ?? '')}
                  />
                </InputGroup>
              )}
            </Field>
            {advanced.length > 0 && (
              <details
                className="rounded-md border border-rule-strong"
                open={form.state.status === 'error' || undefined}
              >
                <summary className="px-4 py-2.5 font-medium">For those who know why</summary>
                <div className="flex flex-col gap-6 border-rule border-t p-4">
                  {advanced.map((field) => (
                    <ConfigField
                      key={field.name}
                      form={form}
                      field={field}
                      stored={fieldValue(field, stored?.config ?? null)}
                    />
                  ))}
                </div>
              </details>
            )}
          </Setting>
          <div className="sticky bottom-0 z-10 -mx-1 flex justify-end border-rule border-t bg-paper px-1 py-4">
            <SubmitButton>{submit}</SubmitButton>
          </div>
          <input type="hidden" name="kind" value={kind} />
          {stored && <input type="hidden" name="id" value={stored.id} />}
        </div>
      )}
    </ActionForm>
  );
}
