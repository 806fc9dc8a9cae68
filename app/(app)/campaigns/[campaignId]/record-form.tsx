'use client';

import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Combobox } from '@/components/ui/combobox';
import { Field, Fieldset } from '@/components/ui/field';
import { IconButton } from '@/components/ui/icon-button';
import { Input } from '@/components/ui/input';
import type { FlowStep } from '@/lib/domain/campaign';
import { createTable } from '../actions';
import { recordFields, useBuilder } from './builder-context';
import { SinkField } from './sink-field';

type RecordStep = Extract<FlowStep, { kind: 'record' }>;

interface RecordFormProps {
  step: RecordStep;
  onChange: (step: FlowStep) => void;
}

/** Where a row goes, and what it holds. */
export function RecordForm({ step, onChange }: RecordFormProps) {
  const setTable = (outputTableId: string) => onChange({ ...step, sink: { kind: 'table', outputTableId } });
  return (
    <div className="flex flex-col gap-6">
      <SinkField sink={step.sink} onChange={(sink) => onChange({ ...step, sink })} />
      {step.sink.kind === 'table' && <NewTable onMade={setTable} />}
      <Columns columns={step.columns} onChange={(columns) => onChange({ ...step, columns })} />
    </div>
  );
}

function NewTable({ onMade }: { onMade: (id: string) => void }) {
  const router = useRouter();
  const [name, setName] = useState<string | null>(null);
  const [problem, setProblem] = useState<string>();
  const [pending, startTransition] = useTransition();

  function make() {
    startTransition(async () => {
      const result = await createTable({ name: name ?? '' }).catch(() => null);
      if (!result) return setProblem('Waybill did not answer. Press again.');
      if (!result.ok) return setProblem(result.error.issues[0]?.message ?? result.error.message);
      setName(null);
      setProblem(undefined);
      onMade(result.data.id);
      router.refresh();
    });
  }

  if (name === null) {
    return (
      <Button size="sm" className="-mt-3 self-start" onClick={() => setName('')}>
        New table
      </Button>
    );
  }
  return (
    <Field label="Name of the new table" error={problem} className="-mt-2">
      {(control) => (
        <span className="flex flex-wrap gap-2">
          <Input
            {...control}
            autoFocus
            className="w-64"
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.target.value)}
            onKeyDown={(event) => event.key === 'Enter' && make()}
          />
          <Button onClick={make} pending={pending}>
            Create
          </Button>
          <Button variant="quiet" onClick={() => setName(null)}>
            Cancel
          </Button>
        </span>
      )}
    </Field>
  );
}

function Columns({ columns, onChange }: { columns: string[]; onChange: (columns: string[]) => void }) {
  const { choices } = useBuilder();
  const fields = recordFields(choices);
  const labelOf = (key: string) => fields.find((field) => field.key === key)?.label ?? key;

  function move(index: number, by: -1 | 1) {
    const next = [...columns];
    const [column] = next.splice(index, 1);
    if (column === undefined) return;
    next.splice(index + by, 0, column);
    onChange(next);
  }

  return (
    <Fieldset legend="Columns" hint="In the order of the table.">
      {columns.length > 0 && (
        <ol className="border-rule border-t">
          {columns.map((column, index) => (
            <li key={column} className="flex min-h-10 items-center gap-3 border-rule border-b">
              <span className="figure w-5 text-right text-ink-faint text-xs">{index + 1}</span>
              <span className="min-w-0 truncate">{labelOf(column)}</span>
              <span className="min-w-0 truncate font-mono text-ink-faint text-xs max-sm:hidden">{column}</span>
              <span className="ml-auto flex shrink-0">
                <IconButton
                  label={`Move ${labelOf(column)} up`}
                  icon={<ArrowUp />}
                  disabled={index === 0}
                  onClick={() => move(index, -1)}
                />
                <IconButton
                  label={`Move ${labelOf(column)} down`}
                  icon={<ArrowDown />}
                  disabled={index === columns.length - 1}
                  onClick={() => move(index, 1)}
                />
                <IconButton
                  label={`Remove ${labelOf(column)}`}
                  icon={<X />}
                  onClick={() => onChange(columns.filter((each) => each !== column))}
                />
              </span>
            </li>
          ))}
        </ol>
      )}
      <Combobox
        noun="columns"
        aria-label="Add a column"
        placeholder="Add a column…"
        options={fields
          .filter(({ key }) => !columns.includes(key))
          .map(({ key, label }) => ({ value: key, label, aside: key }))}
        value={[]}
        onChange={([key]) => key && onChange([...columns, key])}
      />
    </Fieldset>
  );
}
