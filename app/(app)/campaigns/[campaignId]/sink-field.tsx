'use client';

import { useState } from 'react';
import { Combobox } from '@/components/ui/combobox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { TextLink } from '@/components/ui/link-button';
import type { FlowStep } from '@/lib/domain/campaign';
import { sinkTableSchema } from '@/lib/domain/output-connection';
import { useBuilder } from './builder-context';

type Sink = Extract<FlowStep, { kind: 'record' }>['sink'];

const FIRST_TABLE = 'waybill_records';
const KIND_NAME = { postgres: 'PostgreSQL', webhook: 'Webhook' };
const HINT = {
  table: 'One row for each contact, exactly once; to be read here, as CSV, over the API and in SQL.',
  postgres: 'One row for each contact, under a key that a repetition writes over. While it does not answer, rows wait.',
  webhook: 'Rows in signed batches. While it does not answer, they wait and are posted again under the same id.',
};

/** An output table of the workspace, or a connection to another system. */
export function SinkField({ sink, onChange }: { sink: Sink; onChange: (sink: Sink) => void }) {
  const { choices, canManageSenders } = useBuilder();
  const chosen = sink.kind === 'table' ? sink.outputTableId : sink.connectionId;
  const offered = <T extends { id: string; gone: boolean }>(all: T[]) =>
    all.filter(({ id, gone }) => !gone || id === chosen);
  const tables = offered(choices.outputTables);
  const connections = offered(choices.connections);
  const place = [...tables, ...connections].find(({ id }) => id === chosen);

  function choose(id: string | undefined) {
    const connection = connections.find((each) => each.id === id);
    if (!id || id === chosen) return;
    if (!connection) onChange({ kind: 'table', outputTableId: id });
    else if (connection.kind === 'webhook') onChange({ kind: 'webhook', connectionId: id });
    else onChange({ kind: 'postgres', connectionId: id, table: sink.kind === 'postgres' ? sink.table : FIRST_TABLE });
  }

  return (
    <>
      <Field
        label="Goes into"
        aside={
          sink.kind === 'table'
            ? place && <TextLink href={`/outputs/${place.id}`}>Open table</TextLink>
            : canManageSenders && <TextLink href="/settings/connections">Manage connections</TextLink>
        }
        hint={HINT[sink.kind]}
        error={place?.gone ? 'This is archived: choose another one.' : undefined}
      >
        {(control) => (
          <Combobox
            {...control}
            noun="tables and connections"
            placeholder={tables.length + connections.length === 0 ? 'There is no table yet' : 'Choose a table…'}
            options={[
              ...tables.map(({ id, name }) => ({ value: id, label: name, aside: 'Table' })),
              ...connections.map(({ id, name, kind }) => ({ value: id, label: name, aside: KIND_NAME[kind] })),
            ]}
            value={chosen ? [chosen] : []}
            onChange={([id]) => choose(id)}
          />
        )}
      </Field>
      {sink.kind === 'postgres' && (
        <TableName key={sink.connectionId} value={sink.table} onChange={(table) => onChange({ ...sink, table })} />
      )}
    </>
  );
}

/** What is not a name yet stays in the field and is not saved. */
function TableName({ value, onChange }: { value: string; onChange: (table: string) => void }) {
  const [typed, setTyped] = useState(value);
  const error = sinkTableSchema.safeParse(typed).error?.issues[0]?.message;
  return (
    <Field
      label="Table over there"
      hint="With its schema if it has one. Settings → Connections → Try says whether it is there, and how to make it."
      error={error}
      className="max-w-sm"
    >
      {(control) => (
        <Input
          {...control}
          mono
          maxLength={127}
          value={typed}
          onChange={(event) => {
            const next = event.target.value;
            setTyped(next);
            if (sinkTableSchema.safeParse(next).success) onChange(next.trim());
          }}
        />
      )}
    </Field>
  );
}
