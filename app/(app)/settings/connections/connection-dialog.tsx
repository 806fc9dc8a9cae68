'use client';

import { useState } from 'react';
import { AnswerDialog } from '@/components/ui/answer-dialog';
import { CodeBlock } from '@/components/ui/code';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Segmented } from '@/components/ui/segmented';
import { toast } from '@/components/ui/toast';
import type { OutputConnectionConfig } from '@/lib/domain/output-connection';
import { saveConnection } from './actions';
import { PostgresFields, WebhookFields } from './connection-fields';

export interface StoredConnection {
  id: string;
  name: string;
  config: OutputConnectionConfig;
  hasSecret: boolean;
}

type Kind = OutputConnectionConfig['kind'];

interface ConnectionDialogProps {
  stored?: StoredConnection;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Adds a place for rows, or changes one. The signing key that is made for a webhook is shown once. */
export function ConnectionDialog({ stored, open, onOpenChange }: ConnectionDialogProps) {
  const [kind, setKind] = useState<Kind>(stored?.config.kind ?? 'postgres');
  const config = stored?.config;
  return (
    <AnswerDialog
      title={stored ? 'Edit connection' : 'Add a connection'}
      submit={stored ? 'Save connection' : 'Add connection'}
      size="md"
      open={open}
      onOpenChange={onOpenChange}
      send={(data) => {
        const fields = Object.fromEntries(data) as Record<string, string>;
        return saveConnection({ name: '', ...fields, kind, id: stored?.id });
      }}
      onDone={({ signingKey }) => {
        toast.done(stored ? 'Saved. Runs under way write there from now on.' : 'Connection added.');
        return signingKey
          ? {
              title: 'Its signing key',
              content: (
                <>
                  <p className="text-ink-soft">
                    The receiver checks every batch with it. It is sealed here and is not shown again.
                  </p>
                  <CodeBlock code={signingKey} of="the signing key" />
                </>
              ),
            }
          : undefined;
      }}
    >
      {(issue) => (
        <>
          {!stored && (
            <Segmented
              label="Where rows go"
              value={kind}
              onChange={setKind}
              options={[
                { value: 'postgres', label: 'PostgreSQL' },
                { value: 'webhook', label: 'Webhook' },
              ]}
            />
          )}
          <Field label="Name" hint="As colleagues choose it in a record step." error={issue('name')} required>
            {(control) => <Input {...control} name="name" maxLength={80} defaultValue={stored?.name} />}
          </Field>
          {kind === 'postgres' ? (
            <PostgresFields
              stored={config?.kind === 'postgres' ? config : undefined}
              hasSecret={stored?.hasSecret ?? false}
              issue={issue}
            />
          ) : (
            <WebhookFields
              stored={config?.kind === 'webhook' ? config : undefined}
              hasSecret={stored?.hasSecret ?? false}
              issue={issue}
            />
          )}
        </>
      )}
    </AnswerDialog>
  );
}
