'use client';

import { Checkbox } from '@/components/ui/checkbox';
import { Field, Fieldset } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import type { AttributeDefinition } from '@/lib/domain/attribute';
import { FIELD_LABELS } from '@/lib/domain/contact';

export interface ContactFieldsProps {
  attributes: AttributeDefinition[];
  /** Stored values as text, by the names of the fields. */
  values: Record<string, string>;
  error: (path: string) => string | undefined;
}

const FIELDS = [
  { name: 'firstName', label: 'first_name', type: 'text', hint: undefined },
  { name: 'lastName', label: 'last_name', type: 'text', hint: undefined },
  { name: 'email', label: 'email', type: 'email', hint: undefined },
  { name: 'phone', label: 'phone', type: 'tel', hint: 'In any writing; kept as +65…' },
  { name: 'externalId', label: 'external_id', type: 'text', hint: 'The number of this person in your own systems' },
  { name: 'language', label: 'language', type: 'text', hint: 'Such as en or zh-Hant' },
  { name: 'timeZone', label: 'time_zone', type: 'text', hint: 'Such as Asia/Singapore' },
] as const;

const UNKNOWN = 'unknown';

/** Everything that can be typed about a contact, the same for a new one and a known one. */
export function ContactFields({ attributes, values, error }: ContactFieldsProps) {
  return (
    <>
      <div className="grid gap-6 sm:grid-cols-2">
        {FIELDS.map(({ name, label, type, hint }) => (
          <Field key={name} label={FIELD_LABELS[label]} hint={hint} error={error(name)}>
            {(control) => (
              <Input
                {...control}
                name={name}
                type={type}
                autoComplete="off"
                defaultValue={values[name] ?? ''}
                dir="auto"
              />
            )}
          </Field>
        ))}
      </div>
      <Checkbox
        name="doNotMarket"
        value="yes"
        defaultChecked={values.doNotMarket === 'yes'}
        label="Do not market"
        hint="Nothing is sent to this person, whatever lists and consents say."
      />
      <Checkbox
        name="trackingOff"
        value="yes"
        defaultChecked={values.trackingOff === 'yes'}
        label="Do not track"
        hint="Openings and clicks of this person are not recorded."
      />
      {attributes.length > 0 && (
        <Fieldset
          legend={<span className="font-semibold text-base">Attributes</span>}
          className="border-rule border-t pt-6"
        >
          <div className="grid gap-6 sm:grid-cols-2">
            {attributes.map((attribute) => (
              <AttributeField
                key={attribute.key}
                attribute={attribute}
                value={values[`attributes.${attribute.key}`] ?? ''}
                error={error(`attributes.${attribute.key}`)}
              />
            ))}
          </div>
        </Fieldset>
      )}
    </>
  );
}

interface AttributeFieldProps {
  attribute: AttributeDefinition;
  value: string;
  error: string | undefined;
}

function AttributeField({ attribute: { key, label, type }, value, error }: AttributeFieldProps) {
  const name = `attributes.${key}`;
  const hint = { text: undefined, number: undefined, boolean: undefined, date: undefined, tags: 'Separated by commas' };
  return (
    <Field label={label} hint={hint[type]} error={error}>
      {(control) =>
        type === 'boolean' ? (
          <Select
            {...control}
            name={name}
            defaultValue={value || UNKNOWN}
            options={[
              { value: UNKNOWN, label: 'Unknown' },
              { value: 'yes', label: 'Yes' },
              { value: 'no', label: 'No' },
            ]}
          />
        ) : (
          <Input
            {...control}
            name={name}
            type={type === 'date' ? 'date' : 'text'}
            inputMode={type === 'number' ? 'decimal' : undefined}
            autoComplete="off"
            defaultValue={value}
            dir="auto"
          />
        )
      }
    </Field>
  );
}
