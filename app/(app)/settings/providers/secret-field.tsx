'use client';

import { useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';

interface SecretFieldProps {
  name: string;
  label: string;
  isRequired: boolean;
  isSet: boolean;
  error: string | undefined;
}

/** A secret goes in and never comes out: all that is shown is whether there is one. */
export function SecretField({ name, label, isRequired, isSet, error }: SecretFieldProps) {
  const [removing, setRemoving] = useState(false);
  return (
    <div className="flex flex-col gap-2">
      <Field
        label={label}
        aside={isSet ? <Badge tone="accepted">Set</Badge> : <Badge>Not set</Badge>}
        hint={
          isSet
            ? 'Leave it empty to keep the one that is stored. It cannot be shown again.'
            : 'Stored encrypted; it cannot be shown again.'
        }
        error={error}
        optional={!isRequired}
        required={isRequired && !isSet}
      >
        {(control) => (
          <Input
            {...control}
            name={`secrets.${name}`}
            type="password"
            autoComplete="new-password"
            spellCheck={false}
            disabled={removing}
            placeholder={isSet ? '••••••••••••' : undefined}
          />
        )}
      </Field>
      {isSet && !isRequired && (
        <Checkbox
          name={`removeSecret.${name}`}
          label="Remove it"
          checked={removing}
          onCheckedChange={(value) => setRemoving(value === true)}
        />
      )}
    </div>
  );
}
