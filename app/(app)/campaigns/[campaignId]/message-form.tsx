'use client';

import { Combobox } from '@/components/ui/combobox';
import { Field } from '@/components/ui/field';
import { TextLink } from '@/components/ui/link-button';
import type { FlowStep, MessageStep } from '@/lib/domain/campaign';
import { plainSummary } from '@/lib/domain/campaign-flow';
import { useBuilder } from './builder-context';

interface MessageFormProps {
  step: MessageStep;
  onChange: (step: FlowStep) => void;
}

/** Which template, from which sender. */
export function MessageForm({ step, onChange }: MessageFormProps) {
  const { choices, canManageSenders } = useBuilder();
  const templates = choices.templates.filter(
    ({ channel, gone, id }) => channel === step.kind && (!gone || id === step.templateId),
  );
  const senders = choices.senders.filter(
    ({ channel, gone, id }) => channel === step.kind && (!gone || id === step.senderId),
  );
  const template = templates.find(({ id }) => id === step.templateId);
  const sender = senders.find(({ id }) => id === step.senderId);
  const what = step.kind === 'email' ? 'email' : 'SMS';
  return (
    <div className="flex flex-col gap-6">
      <Field
        label="Template"
        aside={
          template ? (
            <TextLink href={`/templates/${template.id}`}>Edit template</TextLink>
          ) : (
            <TextLink href="/templates">New template</TextLink>
          )
        }
        hint={template && plainSummary(template.summary)}
        error={template?.gone ? 'This template is archived: choose another one.' : undefined}
      >
        {(control) => (
          <Combobox
            {...control}
            noun="templates"
            placeholder={templates.length === 0 ? `There is no ${what} template yet` : 'Choose a template…'}
            options={templates.map(({ id, name, summary }) => ({
              value: id,
              label: name,
              hint: plainSummary(summary),
            }))}
            value={step.templateId ? [step.templateId] : []}
            onChange={([templateId]) => templateId && onChange({ ...step, templateId })}
          />
        )}
      </Field>
      <Field
        label="Sender"
        aside={canManageSenders && <TextLink href="/settings/senders">Manage senders</TextLink>}
        hint={sender && `${sender.from}, through ${sender.provider}`}
        error={sender?.gone ? 'This sender is archived: choose another one.' : undefined}
      >
        {(control) => (
          <Combobox
            {...control}
            noun="senders"
            placeholder={senders.length === 0 ? `There is no ${what} sender yet` : 'Choose a sender…'}
            options={senders.map(({ id, name, from, provider }) => ({
              value: id,
              label: name,
              hint: from,
              aside: provider,
            }))}
            value={step.senderId ? [step.senderId] : []}
            onChange={([senderId]) => senderId && onChange({ ...step, senderId })}
          />
        )}
      </Field>
    </div>
  );
}
