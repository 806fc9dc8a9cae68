'use client';

import { Search } from 'lucide-react';
import { useState } from 'react';
import { ActionForm, type FormState } from '@/components/ui/action-form';
import { Checkbox } from '@/components/ui/checkbox';
import { Combobox } from '@/components/ui/combobox';
import { Field, Fieldset } from '@/components/ui/field';
import { FileDrop } from '@/components/ui/file-drop';
import { Input, InputGroup } from '@/components/ui/input';
import { RadioGroup } from '@/components/ui/radio-group';
import { Select } from '@/components/ui/select';
import { SubmitButton } from '@/components/ui/submit-button';
import { Switch } from '@/components/ui/switch';
import { Textarea } from '@/components/ui/textarea';
import { toast } from '@/components/ui/toast';

const LISTS = [
  { value: 'a', label: 'All customers', aside: '48,210' },
  { value: 'b', label: 'Launch invitees', hint: 'Imported 21 Nov', aside: '2,000' },
  { value: 'c', label: 'Newsletter', aside: '31,004' },
  { value: 'd', label: 'Staff', aside: '64' },
];

async function save(_: FormState, data: FormData): Promise<FormState> {
  await new Promise((resolve) => setTimeout(resolve, 600));
  const name = String(data.get('name') ?? '');
  if (name.trim() === '') {
    return {
      status: 'error',
      message: 'The campaign was not saved. What you typed is still here.',
      issues: [{ path: 'name', message: 'Give the campaign a name.' }],
    };
  }
  return { status: 'done' };
}

export function Forms() {
  const [lists, setLists] = useState<string[]>(['b']);
  const [file, setFile] = useState<File | null>(null);
  return (
    <div className="grid gap-12 lg:grid-cols-2">
      <ActionForm action={save} onDone={() => toast.done('Campaign saved.')}>
        {({ error }) => (
          <>
            <Field label="Name" hint="Only you and your colleagues see it." error={error('name')} required>
              {(control) => <Input {...control} name="name" placeholder="Phone launch" />}
            </Field>
            <Field
              label="Subject"
              aside="31 characters"
              error="{{ nickname }} is no attribute; 1,204 people would see it empty."
            >
              {(control) => <Input {...control} name="subject" defaultValue="{{ nickname }}, it is here" />}
            </Field>
            <Field label="Send rate" optional>
              {(control) => (
                <InputGroup after="per minute">
                  <Input {...control} name="rate" inputMode="numeric" defaultValue="200" mono />
                </InputGroup>
              )}
            </Field>
            <Field label="Find">
              {(control) => (
                <InputGroup before={<Search />}>
                  <Input {...control} type="search" placeholder="Phone, email, customer number or name" />
                </InputGroup>
              )}
            </Field>
            <Field label="Time zone">
              {(control) => (
                <Select
                  {...control}
                  name="zone"
                  defaultValue="lisbon"
                  options={[
                    {
                      label: 'Europe',
                      options: [
                        { value: 'lisbon', label: 'Lisbon' },
                        { value: 'berlin', label: 'Berlin' },
                      ],
                    },
                    { label: 'Americas', options: [{ value: 'bogota', label: 'Bogotá' }] },
                  ]}
                />
              )}
            </Field>
            <Field label="Include" hint="Anybody in at least one of them.">
              {(control) => (
                <Combobox
                  {...control}
                  noun="lists"
                  multiple
                  options={LISTS}
                  value={lists}
                  onChange={setLists}
                  name="list"
                />
              )}
            </Field>
            <Field label="Note">
              {(control) => <Textarea {...control} name="note" placeholder="Why this is sent" />}
            </Field>
            <SubmitButton className="self-start">Save campaign</SubmitButton>
          </>
        )}
      </ActionForm>
      <div className="flex flex-col gap-8">
        <Fieldset legend="Send again" hint="Nobody who was reached gets it twice, whichever you choose.">
          <RadioGroup
            look="ruled"
            aria-label="Send again"
            defaultValue="retry"
            options={[
              { value: 'continue', label: 'Continue', hint: 'Those who are still waiting.', aside: '744' },
              { value: 'retry', label: 'Retry failed', hint: 'Only where trying again can help.', aside: '30' },
              { value: 'new', label: 'Only people who match now', hint: 'And were not reached before.', aside: '112' },
              { value: 'all', label: 'Everybody', hint: 'Needs typed confirmation.', aside: '2,000', disabled: true },
            ]}
          />
        </Fieldset>
        <Fieldset legend="Tell">
          <Checkbox label="Me, when it is done" defaultChecked />
          <Checkbox label="Operations, when it fails or stalls" hint="By email and SMS." />
          <Checkbox label="Nobody" disabled />
        </Fieldset>
        <RadioGroup
          aria-label="When"
          defaultValue="now"
          options={[
            { value: 'now', label: 'Now' },
            { value: 'later', label: 'At a time' },
          ]}
        />
        <Switch label="Track opens" hint="Machine opens are labelled, never counted as people." defaultChecked />
        <Switch label="Track clicks" />
        <FileDrop
          label="Drop a CSV file here"
          hint="Up to 200 MB. Encoding and columns are detected."
          accept=".csv"
          maxBytes={200_000_000}
          file={file}
          onFile={setFile}
        />
        <Field label="Run id">{(control) => <Input {...control} mono readOnly value="run_01jd5k3q8w4r2t9z" />}</Field>
        <Field label="Disabled">
          {(control) => <Input {...control} disabled value="Only an owner may change this" />}
        </Field>
      </div>
    </div>
  );
}
