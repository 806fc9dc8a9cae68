'use client';

import { type FormEvent, useEffect, useRef, useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Notice } from '@/components/ui/notice';
import type { AttributeDefinition } from '@/lib/domain/attribute';
import type { ActionError } from '@/lib/http/action';
import { ContactFields } from './contact-fields';
import { changedFields } from './contact-form-values';

interface ContactFormProps {
  attributes: AttributeDefinition[];
  /** Stored values as text, by the names of the fields. */
  values: Record<string, string>;
  submit: string;
  /** Is given only what was changed; answers what is wrong, or nothing when it was saved. */
  onSave: (fields: Record<string, string>) => Promise<ActionError | undefined>;
  onCancel: () => void;
  className?: string;
}

/** A contact's form. After an error everything stays as it was typed and the first wrong field is focused. */
export function ContactForm({ attributes, values, submit, onSave, onCancel, className }: ContactFormProps) {
  const [error, setError] = useState<ActionError>();
  const [pending, startTransition] = useTransition();
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    if (!error) return;
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    (wrong ?? form.current?.querySelector<HTMLElement>('[data-form-message]'))?.focus();
  }, [error]);

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const changed = changedFields(new FormData(event.currentTarget), values);
    startTransition(async () => setError(await onSave(changed)));
  }

  return (
    <form ref={form} onSubmit={onSubmit} noValidate className={cn('flex flex-col gap-6', className)}>
      {error && (
        <div data-form-message="" tabIndex={-1}>
          <Notice tone="failed" title={error.message} live />
        </div>
      )}
      <ContactFields
        attributes={attributes}
        values={values}
        error={(path) => error?.issues.find((issue) => issue.path === path)?.message}
      />
      <div className="flex flex-wrap justify-end gap-2 border-rule border-t pt-6 max-sm:*:grow">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" pending={pending}>
          {submit}
        </Button>
      </div>
    </form>
  );
}
