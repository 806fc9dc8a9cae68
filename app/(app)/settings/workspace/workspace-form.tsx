'use client';

import { useState } from 'react';
import { ActionForm, type FormHelp } from '@/components/ui/action-form';
import { Checkbox } from '@/components/ui/checkbox';
import { Combobox } from '@/components/ui/combobox';
import { Field, Fieldset } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Setting } from '@/components/ui/section';
import { SubmitButton } from '@/components/ui/submit-button';
import { Textarea } from '@/components/ui/textarea';
import { toast } from '@/components/ui/toast';
import type { WorkspaceHours } from '@/lib/domain/send-hours';
import { saveWorkspace } from './actions';
import { BrandFields } from './brand-fields';
import { HoursFields } from './hours-fields';
import { NO_COUNTRY } from './no-country';
import { SignInSetting } from './sign-in-setting';

export interface StoredWorkspace {
  id: string;
  name: string;
  timeZone: string;
  postalAddress: string;
  brandColor: string;
  logoUrl: string;
  defaultCountry: string;
  trackOpens: boolean;
  trackClicks: boolean;
  approvalAboveRecipients: string;
  bounceLimit: string;
  frameAncestors: string;
  sendHours: WorkspaceHours;
  requireSecondFactor: boolean;
}

interface WorkspaceFormProps {
  stored: StoredWorkspace;
  timeZones: string[];
  countries: { value: string; label: string }[];
}

/** A verb names a setting `settings.x`; the form calls its field `x`. */
function errorOf({ error }: FormHelp, name: string): string | undefined {
  return error(name) ?? error(`settings.${name}`);
}

/** Its place in the list says which line it is about. */
function frameIssue({ state }: FormHelp): string | undefined {
  const issue = state.issues?.find(({ path }) => path.startsWith('settings.frameAncestors'));
  const line = issue && /\.(\d+)$/.exec(issue.path)?.[1];
  return issue && (line ? `Line ${Number(line) + 1}: ${issue.message}` : issue.message);
}

function hoursIssue({ state }: FormHelp): string | undefined {
  return state.issues?.find(({ path }) => /^(?:settings\.)?sendHours/.test(path))?.message;
}

export function WorkspaceForm({ stored, timeZones, countries }: WorkspaceFormProps) {
  const [zone, setZone] = useState(stored.timeZone);
  const [country, setCountry] = useState(stored.defaultCountry || NO_COUNTRY);
  return (
    <ActionForm action={saveWorkspace} onDone={({ message }) => toast.done(message ?? 'Saved.')}>
      {(form) => (
        <div>
          <Setting title="Workspace" description="How colleagues find it, and which clock its schedules follow.">
            <Field label="Name" error={errorOf(form, 'name')} required>
              {(control) => <Input {...control} name="name" defaultValue={form.value('name', stored.name)} />}
            </Field>
            <Field
              label="Time zone"
              hint="Schedules, hours for sending and reports follow it. People see times in their own zone too."
              error={errorOf(form, 'timeZone')}
              required
            >
              {(control) => (
                <Combobox
                  {...control}
                  name="timeZone"
                  noun="time zones"
                  options={timeZones.map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
                  value={[zone]}
                  onChange={([value]) => setZone(value ?? zone)}
                />
              )}
            </Field>
            <Field
              label="Default country"
              hint="Phone numbers without a country code are read as numbers of this country."
              error={errorOf(form, 'defaultCountry')}
              optional
            >
              {(control) => (
                <Combobox
                  {...control}
                  name="defaultCountry"
                  noun="countries"
                  options={[
                    { value: NO_COUNTRY, label: 'None: numbers need their country code' },
                    ...countries.map(({ value, label }) => ({ value, label, aside: value })),
                  ]}
                  value={[country]}
                  onChange={([value]) => setCountry(value ?? NO_COUNTRY)}
                />
              )}
            </Field>
          </Setting>
          <Setting title="In every email" description="The law asks for a postal address in marketing mail.">
            <Field
              label="Postal address"
              hint="Stands in the footer of every campaign."
              error={errorOf(form, 'postalAddress')}
            >
              {(control) => (
                <Textarea
                  {...control}
                  name="postalAddress"
                  rows={3}
                  defaultValue={form.value('postalAddress', stored.postalAddress)}
                />
              )}
            </Field>
            <BrandFields form={form} color={stored.brandColor} logoUrl={stored.logoUrl} errorOf={errorOf} />
          </Setting>
          <Setting title="Tracking" description="Contacts can be left out of it one by one as well.">
            <Fieldset legend="Measure in emails">
              <Checkbox
                name="trackOpens"
                defaultChecked={stored.trackOpens}
                label="Opens"
                hint="An invisible picture. Opens by mail programs and scanners are told apart in reports."
              />
              <Checkbox
                name="trackClicks"
                defaultChecked={stored.trackClicks}
                label="Clicks"
                hint="Links lead through this installation, and only ever to links of that very message."
              />
            </Fieldset>
          </Setting>
          <HoursFields stored={stored.sendHours} error={hoursIssue(form)} />
          <Setting title="Safeguards" description="Checked at launch and while sending.">
            <Field
              label="Second person needed above"
              hint="Recipients. A larger launch waits until somebody else approves it. Empty: never."
              error={errorOf(form, 'approvalAboveRecipients')}
              optional
            >
              {(control) => (
                <Input
                  {...control}
                  name="approvalAboveRecipients"
                  inputMode="numeric"
                  className="max-w-40"
                  defaultValue={form.value('approvalAboveRecipients', stored.approvalAboveRecipients)}
                />
              )}
            </Field>
            <Field
              label="Hard bounces before an address is left out"
              hint="Empty: 3, as recommended."
              error={errorOf(form, 'bounceLimit')}
              optional
            >
              {(control) => (
                <Input
                  {...control}
                  name="bounceLimit"
                  inputMode="numeric"
                  className="max-w-40"
                  defaultValue={form.value('bounceLimit', stored.bounceLimit)}
                />
              )}
            </Field>
          </Setting>
          <SignInSetting isRequired={stored.requireSecondFactor} error={errorOf(form, 'requireSecondFactor')} />
          <Setting
            title="Customer panel"
            description="The panel of a contact, shown inside another system by a signed link."
          >
            <Field
              label="May be framed by"
              hint="Origins such as https://crm.example.com, one on each line. Empty: nobody."
              error={frameIssue(form)}
              optional
            >
              {(control) => (
                <Textarea
                  {...control}
                  name="frameAncestors"
                  rows={3}
                  spellCheck={false}
                  className="font-mono"
                  placeholder="https://crm.example.com"
                  defaultValue={form.value('frameAncestors', stored.frameAncestors)}
                />
              )}
            </Field>
          </Setting>
          <div className="sticky bottom-0 -mx-1 flex justify-end border-rule border-t bg-paper px-1 py-4">
            <SubmitButton>Save settings</SubmitButton>
          </div>
        </div>
      )}
    </ActionForm>
  );
}
