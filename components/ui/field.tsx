import { CircleAlert } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { cn } from './cn';

export interface FieldControlProps {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
  'aria-required': true | undefined;
}

interface FieldProps {
  label: ReactNode;
  /** Given the ids and states of the field; spread it on the control. */
  children: (control: FieldControlProps) => ReactNode;
  hint?: ReactNode;
  /** One sentence; shown instead of nothing, announced when it appears. */
  error?: string;
  required?: boolean;
  /** Marks the few fields that may stay empty. */
  optional?: boolean;
  /** At the right of the label: a counter, a link. */
  aside?: ReactNode;
  className?: string;
}

/** A label, a control, a hint and an error, tied together for eyes and screen readers. */
export function Field({ label, children, hint, error, required, optional, aside, className }: FieldProps) {
  const id = useId();
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  return (
    <div className={cn('flex min-w-0 flex-col gap-1.5', className)}>
      <div className="flex items-baseline justify-between gap-4">
        <Label htmlFor={id}>
          {label}
          {optional && <span className="font-normal text-ink-faint"> (optional)</span>}
        </Label>
        {aside && <span className="text-ink-faint text-xs">{aside}</span>}
      </div>
      {children({
        id,
        'aria-describedby': describedBy,
        'aria-invalid': error ? true : undefined,
        'aria-required': required ? true : undefined,
      })}
      {hint && (
        <p id={`${id}-hint`} className="text-ink-faint text-xs">
          {hint}
        </p>
      )}
      <FieldError id={`${id}-error`} message={error} />
    </div>
  );
}

export function FieldError({ id, message }: { id?: string; message: string | undefined }) {
  return (
    <div aria-live="polite" className={message ? undefined : 'hidden'}>
      {message && (
        <p id={id} className="flex items-start gap-1.5 text-failed-ink text-xs">
          <CircleAlert className="mt-px size-3.5 shrink-0" aria-hidden="true" />
          {message}
        </p>
      )}
    </div>
  );
}

export function Label({ htmlFor, children, className }: { htmlFor?: string; children: ReactNode; className?: string }) {
  return (
    <label htmlFor={htmlFor} className={cn('font-medium text-sm', className)}>
      {children}
    </label>
  );
}

interface FieldsetProps {
  legend: ReactNode;
  hint?: ReactNode;
  error?: string;
  children: ReactNode;
  className?: string;
}

/** A group of controls under one heading: radios, checkboxes, an address. */
export function Fieldset({ legend, hint, error, children, className }: FieldsetProps) {
  const id = useId();
  return (
    <fieldset
      className={cn('flex min-w-0 flex-col gap-3', className)}
      aria-describedby={hint ? `${id}-hint` : undefined}
    >
      <legend className="mb-2 font-medium text-sm">{legend}</legend>
      {hint && (
        <p id={`${id}-hint`} className="-mt-1.5 text-ink-faint text-xs">
          {hint}
        </p>
      )}
      {children}
      <FieldError message={error} />
    </fieldset>
  );
}
