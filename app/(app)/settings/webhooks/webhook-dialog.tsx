'use client';

import { AnswerDialog } from '@/components/ui/answer-dialog';
import { Checkbox } from '@/components/ui/checkbox';
import { CodeBlock } from '@/components/ui/code';
import { Field, Fieldset } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { makeWebhook } from './actions';

interface WebhookDialogProps {
  events: string[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Adds an endpoint and shows its signing secret, once. */
export function WebhookDialog({ events, open, onOpenChange }: WebhookDialogProps) {
  function send(data: FormData) {
    const url = String(data.get('url') ?? '').trim();
    const description = String(data.get('description') ?? '').trim() || null;
    const eventTypes = data.has('*') ? ['*'] : events.filter((one) => data.has(one));
    return makeWebhook({ url, eventTypes, description });
  }

  return (
    <AnswerDialog
      title="Add a webhook"
      submit="Add the webhook"
      size="md"
      open={open}
      onOpenChange={onOpenChange}
      send={send}
      onDone={({ secret }) => ({
        title: 'Its signing secret',
        content: (
          <>
            <p className="text-ink-soft">
              The receiver checks every message with it. It is sealed here and is not shown again.
            </p>
            <CodeBlock code={secret} of="the secret" />
          </>
        ),
      })}
    >
      {(issue) => (
        <>
          <Field label="Address" hint="It must answer 2xx within 15 seconds." error={issue('url')} required>
            {(control) => <Input {...control} mono name="url" type="url" placeholder="https://" inputMode="url" />}
          </Field>
          <Field label="What it is" optional>
            {(control) => <Input {...control} name="description" maxLength={200} />}
          </Field>
          <Fieldset legend="Tell it of" error={issue('eventTypes')}>
            <div className="grid gap-3 sm:grid-cols-2">
              <Checkbox name="*" label="Everything" />
              {events.map((event) => (
                <Checkbox key={event} name={event} label={<span className="font-mono text-xs">{event}</span>} />
              ))}
            </div>
          </Fieldset>
        </>
      )}
    </AnswerDialog>
  );
}
