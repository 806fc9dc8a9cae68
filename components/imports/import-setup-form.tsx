'use client';

import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState, useTransition } from 'react';
import { sendJson } from '@/components/shell/read-json';
import { Button } from '@/components/ui/button';
import { Combobox } from '@/components/ui/combobox';
import { Field } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { formatNumber } from '@/components/ui/number';
import { Section } from '@/components/ui/section';
import type { AttributeDefinition } from '@/lib/domain/attribute';
import type { ActionError } from '@/lib/http/action';
import {
  carryOver,
  type FileInspection,
  type ImportSetup,
  mappingProblems,
  suggestedSetup,
} from './import-setup-state';
import { MappingTable } from './mapping-table';
import { RawPreview } from './raw-preview';
import { type Reading, ReadingOptions } from './reading-options';
import { ValueOptions } from './value-options';

interface ImportSetupFormProps {
  uploadId: string;
  file: FileInspection;
  known: AttributeDefinition[];
  lists: { id: string; name: string }[];
  countries: { value: string; label: string }[];
  workspaceCountry: string | undefined;
  /** Starts the dry run; answers what is wrong, or nothing when it goes on. */
  onCheck: (setup: ImportSetup) => Promise<ActionError | undefined>;
}

function memoryKey(uploadId: string): string {
  return `waybill-import:${uploadId}`;
}

/** What was chosen before a reload or before coming back from the check. */
function remembered(uploadId: string): ImportSetup | null {
  const text = sessionStorage.getItem(memoryKey(uploadId));
  return text ? (JSON.parse(text) as ImportSetup) : null;
}

/** Second step: how the file is read and where its columns go, with what is in them before the eyes. */
export function ImportSetupForm(props: ImportSetupFormProps) {
  const { uploadId, file: first, known, lists, countries, workspaceCountry, onCheck } = props;
  const [setup, setSetup] = useState(() => suggestedSetup(first));
  const [error, setError] = useState<ActionError>();
  const [pending, startTransition] = useTransition();
  const form = useRef<HTMLFormElement>(null);
  const { encoding, delimiter, hasHeader } = setup.options;
  const reading: Reading = { encoding, delimiter, hasHeader };
  const isDetected = encoding === first.encoding && delimiter === first.delimiter && hasHeader === first.hasHeader;
  const inspection = useQuery({
    queryKey: ['inspection', uploadId, reading],
    enabled: !isDetected,
    retry: 1,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) =>
      sendJson<FileInspection>(`/api/v1/imports/uploads/${uploadId}/inspection`, reading, { signal }),
  });
  const [lastGood, setLastGood] = useState(first);
  const file = isDetected ? first : (inspection.data ?? lastGood);
  if (file !== lastGood) {
    setLastGood(file);
    setSetup((now) => carryOver(now, file));
  }

  useEffect(() => {
    const kept = remembered(uploadId);
    if (kept) setSetup(kept);
  }, [uploadId]);

  function change(next: Partial<ImportSetup>) {
    const changed = { ...setup, ...next };
    setSetup(changed);
    sessionStorage.setItem(memoryKey(uploadId), JSON.stringify(changed));
  }

  const problems = mappingProblems(setup.mapping);
  const isReady = problems.whole === null && Object.keys(problems.columns).length === 0 && !inspection.error;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isReady) {
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-form-message]')?.focus();
      return;
    }
    startTransition(async () => setError(await onCheck(setup)));
  }

  return (
    <form ref={form} onSubmit={submit} noValidate className="flex flex-col gap-12">
      <Section
        title="How the file is read"
        description={`${first.fileName}, about ${formatNumber(file.estimatedRows)} rows`}
        ruled
      >
        <div className="flex flex-col gap-6">
          <ReadingOptions
            reading={reading}
            detected={first}
            onChange={(next) => change({ options: { ...setup.options, ...next } })}
          />
          {inspection.error && (
            <Notice tone="failed" title="The file cannot be read like this" live>
              {inspection.error.message}
            </Notice>
          )}
          <RawPreview columns={file.columns} samples={file.samples} isOld={inspection.isFetching} />
        </div>
      </Section>
      <Section
        title="Where the columns go"
        description="Somebody who is known already by customer number, email or phone is updated, not added twice."
      >
        {problems.whole && (
          <div data-form-message="" tabIndex={-1} className="pb-4">
            <Notice tone="attention" title={problems.whole} />
          </div>
        )}
        <MappingTable
          columns={file.columns}
          samples={file.samples}
          mapping={setup.mapping}
          known={known}
          problems={problems}
          onChange={(mapping) => change({ mapping })}
        />
      </Section>
      <Section title="What else" ruled>
        <div className="flex flex-col gap-8">
          <Field
            label="Put everybody on a list"
            optional
            className="max-w-md"
            hint="Whoever unsubscribed from it stays unsubscribed."
          >
            {(control) => (
              <Combobox
                {...control}
                noun="lists"
                value={[setup.listId]}
                onChange={([listId = '']) => change({ listId })}
                options={[
                  { value: '', label: 'No list' },
                  ...lists.map(({ id, name }) => ({ value: id, label: name })),
                ]}
              />
            )}
          </Field>
          <ValueOptions
            options={setup.options}
            countries={countries}
            workspaceCountry={workspaceCountry}
            onChange={(options) => change({ options })}
          />
        </div>
      </Section>
      {error && <Notice tone="failed" title={error.message} live />}
      <div className="flex flex-wrap items-center justify-between gap-4 border-ink border-t pt-6">
        <p className="text-ink-soft">Next the whole file is checked. Nothing is written yet.</p>
        <Button type="submit" variant="primary" size="lg" pending={pending}>
          Check the file
        </Button>
      </div>
    </form>
  );
}
