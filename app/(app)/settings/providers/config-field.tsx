'use client';

import type { FormHelp } from '@/components/ui/action-form';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import type { ProviderField } from './provider-fields';

interface ConfigFieldProps {
  form: FormHelp;
  field: ProviderField;
  stored: string;
}

/** One setting of a provider. */
export function ConfigField({ form, field, stored }: ConfigFieldProps) {
  const { name, label, kind, hint, optional, placeholder, options = [] } = field;
  const path = `config.${name}`;
  const value = form.value(path, stored);
  if (kind === 'check') {
    return <Checkbox name={path} label={label} hint={hint} defaultChecked={value === 'true' || value === 'on'} />;
  }
  return (
    <Field label={label} hint={hint} error={form.error(path)} optional={optional} required={!optional}>
      {(control) =>
        kind === 'choice' ? (
          <Select {...control} name={path} defaultValue={value} options={options} />
        ) : (
          <Input
            {...control}
            name={path}
            mono
            defaultValue={value}
            placeholder={placeholder}
            inputMode={kind === 'number' ? 'numeric' : undefined}
            autoComplete="off"
            spellCheck={false}
            className={kind === 'number' ? 'max-w-40' : undefined}
          />
        )
      }
    </Field>
  );
}
