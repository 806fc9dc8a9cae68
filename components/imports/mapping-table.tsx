'use client';

import { ArrowRight } from 'lucide-react';
import { useId } from 'react';
import { FieldError } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import {
  ATTRIBUTE_TYPES,
  type AttributeDefinition,
  type AttributeType,
  attributeKeyOf,
  isReservedKey,
} from '@/lib/domain/attribute';
import { FIELD_LABELS } from '@/lib/domain/contact';
import { IMPORT_FIELDS, type ImportMapping, type ImportTarget } from '@/lib/domain/import';
import { choiceOf, LEAVE_OUT, type MappingProblems, NEW_ATTRIBUTE, targetOf } from './import-setup-state';

const TYPE_LABELS: Record<AttributeType, string> = {
  text: 'Text',
  number: 'Number',
  boolean: 'Yes or no',
  date: 'Date',
  tags: 'Tags',
};

interface MappingTableProps {
  columns: string[];
  samples: string[][];
  mapping: ImportMapping;
  known: AttributeDefinition[];
  problems: MappingProblems;
  onChange: (mapping: ImportMapping) => void;
}

/** Column by column: what the file calls it, what is in it, and where it goes. */
export function MappingTable({ columns, samples, mapping, known, problems, onChange }: MappingTableProps) {
  function setTarget(column: string, target: ImportTarget) {
    onChange(mapping.map((one) => (one.column === column ? { column, target } : one)));
  }
  return (
    <ul className="border-ink border-t">
      {columns.map((column, index) => {
        const target = mapping.find((one) => one.column === column)?.target ?? { kind: 'ignore' as const };
        return (
          <ColumnLine
            key={column}
            column={column}
            cells={samples.map((row) => row[index] ?? '')}
            target={target}
            known={known}
            problem={problems.columns[column]}
            onChange={(next) => setTarget(column, next)}
          />
        );
      })}
    </ul>
  );
}

interface ColumnLineProps {
  column: string;
  cells: string[];
  target: ImportTarget;
  known: AttributeDefinition[];
  problem: string | undefined;
  onChange: (target: ImportTarget) => void;
}

function ColumnLine({ column, cells, target, known, problem, onChange }: ColumnLineProps) {
  const id = useId();
  const choice = choiceOf(target, known);
  const shown = [...new Set(cells.map((cell) => cell.trim()).filter((cell) => cell !== ''))].slice(0, 3);
  return (
    <li className="grid items-start gap-x-4 gap-y-2 border-rule border-b py-3 md:grid-cols-[minmax(0,1fr)_1rem_minmax(0,1.4fr)]">
      <div className="min-w-0">
        <p className="truncate font-medium" title={column}>
          {column}
        </p>
        <p className="truncate text-ink-faint text-xs" dir="auto">
          {shown.length > 0 ? shown.join(' · ') : 'empty in the first rows'}
        </p>
      </div>
      <ArrowRight className="mt-2.5 size-4 text-ink-faint max-md:hidden" aria-hidden="true" />
      <div className="flex min-w-0 flex-col gap-1.5">
        <div className="flex flex-wrap gap-2">
          <Select
            aria-label={`Where “${column}” goes`}
            aria-describedby={problem ? id : undefined}
            aria-invalid={problem ? true : undefined}
            className="w-56 max-sm:w-full"
            value={choice}
            onValueChange={(next) => onChange(targetOf(next, column, known))}
            options={[
              {
                label: 'Contact',
                options: IMPORT_FIELDS.map((field) => ({
                  value: `field:${field}`,
                  label: FIELD_LABELS[field] ?? field,
                })),
              },
              ...(known.length > 0
                ? [
                    {
                      label: 'Attributes',
                      options: known.map(({ key, label, type }) => ({
                        value: `attribute:${key}`,
                        label,
                        hint: TYPE_LABELS[type],
                      })),
                    },
                  ]
                : []),
              {
                label: 'Otherwise',
                options: [
                  { value: NEW_ATTRIBUTE, label: 'A new attribute' },
                  { value: LEAVE_OUT, label: 'Leave it out' },
                ],
              },
            ]}
          />
          {choice === NEW_ATTRIBUTE && target.kind === 'attribute' && (
            <NewAttribute column={column} target={target} onChange={onChange} />
          )}
        </div>
        <FieldError id={id} message={problem} />
      </div>
    </li>
  );
}

interface NewAttributeProps {
  column: string;
  target: Extract<ImportTarget, { kind: 'attribute' }>;
  onChange: (target: ImportTarget) => void;
}

function NewAttribute({ column, target, onChange }: NewAttributeProps) {
  function rename(label: string) {
    const key = attributeKeyOf(label);
    onChange({ ...target, label, key: isReservedKey(key) ? `${key}_2` : key });
  }
  return (
    <>
      <Input
        aria-label={`Name of the new attribute for “${column}”`}
        className="min-w-32 flex-1"
        value={target.label}
        maxLength={80}
        onChange={(event) => rename(event.target.value)}
      />
      <Select
        aria-label={`Type of the new attribute for “${column}”`}
        className="w-32"
        value={target.type}
        onValueChange={(next) => onChange({ ...target, type: ATTRIBUTE_TYPES.find((type) => type === next) ?? 'text' })}
        options={ATTRIBUTE_TYPES.map((type) => ({ value: type, label: TYPE_LABELS[type] }))}
      />
    </>
  );
}
