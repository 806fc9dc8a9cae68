'use client';

import { AnswerDialog } from '@/components/ui/answer-dialog';
import { Checkbox } from '@/components/ui/checkbox';
import { CodeBlock } from '@/components/ui/code';
import { Field, Fieldset } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { RadioGroup } from '@/components/ui/radio-group';
import type { Permission } from '@/lib/domain/role';
import { makeKey } from './actions';

interface KeyDialogProps {
  /** What the viewer holds, and may hand on. */
  scopes: { scope: Permission; label: string }[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Makes a key and shows it, once. */
export function KeyDialog({ scopes, open, onOpenChange }: KeyDialogProps) {
  function send(data: FormData) {
    const day = String(data.get('expires') ?? '');
    return makeKey({
      name: String(data.get('name') ?? ''),
      live: data.get('kind') !== 'test',
      scopes: scopes.flatMap(({ scope }) => (data.has(scope) ? [scope] : [])),
      expiresAt: day ? new Date(`${day}T23:59:59`).toISOString() : null,
    });
  }

  return (
    <AnswerDialog
      title="Make an API key"
      submit="Make the key"
      size="md"
      open={open}
      onOpenChange={onOpenChange}
      send={send}
      onDone={({ key }) => ({
        title: 'Your new key',
        content: (
          <>
            <p className="text-ink-soft">Copy it to where it is used. It is not kept here and is not shown again.</p>
            <CodeBlock code={key} of="the key" />
          </>
        ),
      })}
    >
      {(issue) => (
        <>
          <Field label="Name" hint="The system that will use it." error={issue('name')} required>
            {(control) => <Input {...control} name="name" autoComplete="off" maxLength={80} />}
          </Field>
          <Fieldset legend="Kind">
            <RadioGroup
              name="kind"
              aria-label="Kind"
              defaultValue="live"
              options={[
                { value: 'live', label: 'Live', hint: 'Sends to real people.' },
                {
                  value: 'test',
                  label: 'Test',
                  hint: 'Sends through sandbox providers and into the local inbox only.',
                },
              ]}
            />
          </Fieldset>
          <Fieldset legend="What it may do" error={issue('scopes')}>
            <div className="grid gap-3 sm:grid-cols-2">
              {scopes.map(({ scope, label }) => (
                <Checkbox key={scope} name={scope} label={label} hint={scope} />
              ))}
            </div>
          </Fieldset>
          <Field
            label="Last day"
            hint="Leave it empty for a key that does not end."
            error={issue('expiresAt')}
            optional
          >
            {(control) => <Input {...control} name="expires" type="date" className="max-w-48" />}
          </Field>
        </>
      )}
    </AnswerDialog>
  );
}
