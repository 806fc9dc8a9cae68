'use client';

import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { Textarea } from '@/components/ui/textarea';

const SOURCES = [
  { value: 'phone_call', label: 'Told us on the phone' },
  { value: 'in_person', label: 'Told us in person' },
  { value: 'letter', label: 'By letter or form' },
  { value: 'email_reply', label: 'By email' },
  { value: 'dashboard', label: 'Other' },
];

export interface Evidence {
  source: string;
  evidence?: { note: string };
}

/** The form's answer to “how do we know?”, as verbs keep it. */
export function readEvidence(data: FormData): Evidence {
  const note = String(data.get('note') ?? '').trim();
  return { source: String(data.get('source') ?? 'dashboard'), ...(note && { evidence: { note } }) };
}

/** What proves a wish: kept with it, and shown to whoever asks later. */
export function EvidenceFields() {
  return (
    <>
      <Field label="How do we know?">
        {(control) => <Select {...control} name="source" defaultValue="phone_call" options={SOURCES} />}
      </Field>
      <Field label="Note" optional hint="Date, ticket, words: what you would show if somebody asked.">
        {(control) => <Textarea {...control} name="note" rows={2} maxLength={1000} />}
      </Field>
    </>
  );
}
