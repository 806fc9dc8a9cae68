'use client';

import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import type { OutputConnectionConfig } from '@/lib/domain/output-connection';

interface FieldsProps<K extends OutputConnectionConfig['kind']> {
  stored: Extract<OutputConnectionConfig, { kind: K }> | undefined;
  hasSecret: boolean;
  /** The sentence for one field. */
  issue: (path: string) => string | undefined;
}

const KEPT = 'Leave it empty to keep the one that is stored.';
const SEALED = 'Sealed here; it cannot be shown again.';

export function PostgresFields({ stored, hasSecret, issue }: FieldsProps<'postgres'>) {
  return (
    <>
      <div className="grid gap-5 sm:grid-cols-[minmax(0,1fr)_8rem]">
        <Field label="Server" error={issue('config.host')} required>
          {(control) => (
            <Input
              {...control}
              name="host"
              placeholder="db.example.com"
              defaultValue={stored?.host}
              autoComplete="off"
            />
          )}
        </Field>
        <Field label="Port" error={issue('config.port') ?? issue('port')} required>
          {(control) => <Input {...control} name="port" inputMode="numeric" defaultValue={stored?.port ?? 5432} />}
        </Field>
      </div>
      <Field label="Database" error={issue('config.database')} required>
        {(control) => <Input {...control} name="database" defaultValue={stored?.database} autoComplete="off" />}
      </Field>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label="User" error={issue('config.user')} required>
          {(control) => <Input {...control} name="user" defaultValue={stored?.user} autoComplete="off" />}
        </Field>
        <Field label="Password" hint={hasSecret ? KEPT : SEALED} error={issue('secret')} optional>
          {(control) => <Input {...control} name="secret" type="password" autoComplete="new-password" />}
        </Field>
      </div>
      <Field label="Encryption">
        {(control) => (
          <Select
            {...control}
            name="tls"
            defaultValue={stored?.tls ?? 'verify'}
            options={[
              { value: 'verify', label: 'TLS, and its certificate must be right' },
              { value: 'require', label: 'TLS with any certificate' },
              { value: 'off', label: 'None, for a trusted network only' },
            ]}
          />
        )}
      </Field>
    </>
  );
}

export function WebhookFields({ stored, hasSecret, issue }: FieldsProps<'webhook'>) {
  return (
    <>
      <Field
        label="Address"
        hint="Rows come in signed batches. Anything but a 2xx holds them until it answers again."
        error={issue('config.url')}
        required
      >
        {(control) => (
          <Input {...control} mono name="url" inputMode="url" placeholder="https://" defaultValue={stored?.url} />
        )}
      </Field>
      <Field
        label="Signing key"
        hint={hasSecret ? KEPT : 'Empty: one is made, and shown once.'}
        error={issue('secret')}
        optional
      >
        {(control) => (
          <Input
            {...control}
            mono
            name="secret"
            type="password"
            autoComplete="new-password"
            placeholder="whsec_…"
            spellCheck={false}
          />
        )}
      </Field>
    </>
  );
}
