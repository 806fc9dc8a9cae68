'use client';

import { X } from 'lucide-react';
import { useId, useState } from 'react';
import { ContactPicker, type PickedContact } from '@/components/campaigns/contact-picker';
import { TokenInput } from '@/components/segments/token-input';
import { Checkbox } from '@/components/ui/checkbox';
import { Field, FieldError, Fieldset, Label } from '@/components/ui/field';
import { IconButton } from '@/components/ui/icon-button';
import { Link } from '@/components/ui/link';
import { Section } from '@/components/ui/section';
import type { CampaignDraft } from '@/lib/domain/campaign';
import { parseEmailAddress } from '@/lib/domain/email-address';
import { useBuilder } from './builder-context';
import { EVENTS, OF_OCCURRENCES } from './told-events';

type Notify = CampaignDraft['notify'];

const MOST_SEEDS = 50;

/** Our own people: who hears of the run, of what, and who gets the message too. */
export function ToldSection({ seeds }: { seeds: PickedContact[] }) {
  const { draft, change, canEdit } = useBuilder();
  const { notify } = draft;
  const isRecurring = draft.schedule.kind === 'recurring';
  const shown = EVENTS.filter(({ event }) => isRecurring || !OF_OCCURRENCES.includes(event));
  const set = (part: Partial<Notify>) => change({ notify: { ...notify, ...part } });
  return (
    <Section
      id="told"
      title="Who is told"
      description="Receipts and alarms for colleagues, apart from the messages themselves."
      ruled
    >
      <div className="flex flex-col gap-8">
        <Addresses
          label="By email"
          noun="Email address"
          values={notify.emails}
          onChange={(emails) => set({ emails })}
          problemOf={(text) => {
            const parsed = parseEmailAddress(text);
            return parsed.ok ? null : parsed.message;
          }}
          most={50}
        />
        <Addresses
          label="By SMS"
          noun="Phone number"
          hint="With the country code, such as +6591234567. One short line each."
          values={notify.phones}
          onChange={(phones) => set({ phones })}
          problemOf={(text) =>
            /^\+[1-9]\d{6,14}$/.test(text.replace(/[\s().-]/g, '')) ? null : 'is not a number with its country code'
          }
          clean={(text) => text.replace(/[\s().-]/g, '')}
          most={20}
        />
        <Fieldset legend="They hear when">
          <div className="grid gap-x-8 gap-y-3 sm:grid-cols-2">
            {shown.map(({ event, label, hint }) => (
              <Checkbox
                key={event}
                label={label}
                hint={hint}
                checked={notify.events.includes(event)}
                onCheckedChange={(checked) =>
                  set({
                    events: EVENTS.map((each) => each.event).filter((each) =>
                      each === event ? checked === true : notify.events.includes(each),
                    ),
                  })
                }
              />
            ))}
          </div>
        </Fieldset>
        <Seeds
          known={seeds}
          ids={notify.seedContactIds}
          canEdit={canEdit}
          onChange={(ids) => set({ seedContactIds: ids })}
        />
      </div>
    </Section>
  );
}

interface AddressesProps {
  label: string;
  noun: string;
  hint?: string;
  values: string[];
  onChange: (values: string[]) => void;
  /** What is wrong with a text; null when nothing is. */
  problemOf: (text: string) => string | null;
  clean?: (text: string) => string;
  most: number;
}

/** Addresses as tokens. What is not one stays, marked, and is left out until it is corrected. */
function Addresses({ label, noun, hint, values, onChange, problemOf, clean = (text) => text, most }: AddressesProps) {
  const id = useId();
  const [typed, setTyped] = useState(values);
  const wrong = typed.filter((text) => problemOf(text) !== null);
  const [first] = wrong;
  const tooMany = typed.length > most ? `${most} are the most.` : undefined;
  const error = first ? `“${first}” ${problemOf(first)}. It is not saved.` : tooMany;
  return (
    <div className="flex flex-col gap-1.5">
      <Label>{label}</Label>
      <div className="flex">
        <TokenInput
          noun={noun}
          values={typed}
          invalid={error !== undefined}
          describedBy={`${id}-hint`}
          onChange={(next) => {
            const cleaned = [...new Set(next.map((text) => (problemOf(text) === null ? clean(text) : text)))];
            setTyped(cleaned);
            onChange(cleaned.filter((text) => problemOf(text) === null).slice(0, most));
          }}
        />
      </div>
      <div id={`${id}-hint`}>
        {hint && <p className="text-ink-faint text-xs">{hint}</p>}
        <FieldError message={error} />
      </div>
    </div>
  );
}

interface SeedsProps {
  known: PickedContact[];
  ids: string[];
  canEdit: boolean;
  onChange: (ids: string[]) => void;
}

function Seeds({ known, ids, canEdit, onChange }: SeedsProps) {
  const [met, setMet] = useState(known);
  return (
    <Fieldset
      legend="Seed contacts"
      hint="Contacts of your own who get the real messages last in each wave, and are in none of the numbers."
    >
      {ids.length > 0 && (
        <ul className="border-rule border-t">
          {ids.map((id) => {
            const contact = met.find((each) => each.id === id);
            return (
              <li key={id} className="flex min-h-11 items-center gap-3 border-rule border-b py-1">
                <Link
                  href={`/contacts/${id}`}
                  className="min-w-0 truncate rounded-xs font-medium hover:text-link hover:underline"
                >
                  {contact?.name ?? 'A contact that is gone'}
                </Link>
                <span className="min-w-0 truncate text-ink-faint text-xs">{contact?.detail}</span>
                <span className="ml-auto">
                  <IconButton
                    label={`Remove ${contact?.name ?? 'this contact'}`}
                    icon={<X />}
                    onClick={() => onChange(ids.filter((each) => each !== id))}
                  />
                </span>
              </li>
            );
          })}
        </ul>
      )}
      {canEdit && ids.length < MOST_SEEDS && (
        <Field label={<span className="sr-only">Add a seed contact</span>}>
          {(control) => (
            <ContactPicker
              {...control}
              placeholder="Add a contact…"
              value={null}
              onChange={(contact) => {
                if (!contact || ids.includes(contact.id)) return;
                setMet([...met, contact]);
                onChange([...ids, contact.id]);
              }}
            />
          )}
        </Field>
      )}
    </Fieldset>
  );
}
