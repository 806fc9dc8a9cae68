'use client';

import { unstable_rethrow } from 'next/navigation';
import {
  type ComponentProps,
  type FormEvent,
  type ReactNode,
  startTransition,
  useActionState,
  useEffect,
  useEffectEvent,
  useRef,
} from 'react';
import type { FieldIssue } from '@/lib/errors';
import { NO_ANSWER } from './answer-of';
import { cn } from './cn';
import { FormPending } from './form-pending';
import { Notice } from './notice';

/** What a form's server action answers. `values` refills the form for browsers without script. */
export interface FormState {
  status: 'idle' | 'done' | 'error';
  /** A sentence about the whole form. */
  message?: string;
  issues?: FieldIssue[];
  values?: Record<string, string>;
}

export const IDLE_FORM: FormState = { status: 'idle' };

export interface FormHelp {
  state: FormState;
  pending: boolean;
  /** The sentence for one field. */
  error: (path: string) => string | undefined;
  /** What was typed, else what is stored. */
  value: (name: string, stored?: string) => string | undefined;
}

interface ActionFormProps extends Omit<ComponentProps<'form'>, 'action' | 'children' | 'onSubmit'> {
  action: (state: FormState, data: FormData) => Promise<FormState>;
  children: (form: FormHelp) => ReactNode;
  onDone?: (state: FormState) => void;
}

/** A form that never loses what was typed: after an error the fields stay as they are and the first wrong one is focused. */
export function ActionForm({ action, children, onDone, className, ...rest }: ActionFormProps) {
  const [state, dispatch, pending] = useActionState(answering, IDLE_FORM);
  const form = useRef<HTMLFormElement>(null);
  async function answering(before: FormState, data: FormData): Promise<FormState> {
    try {
      return await action(before, data);
    } catch (error) {
      unstable_rethrow(error);
      return { status: 'error', message: NO_ANSWER };
    }
  }
  const done = useEffectEvent((finished: FormState) => onDone?.(finished));

  useEffect(() => {
    if (state.status === 'done') done(state);
    if (state.status !== 'error') return;
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    (wrong ?? form.current?.querySelector<HTMLElement>('[data-form-message]'))?.focus();
  }, [state]);

  // Submitting through a transition instead of the form's own action, because React resets a form after its action.
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget, (event.nativeEvent as SubmitEvent).submitter);
    startTransition(() => dispatch(data));
  }

  return (
    <form
      ref={form}
      action={dispatch}
      onSubmit={submit}
      noValidate
      className={cn('flex flex-col gap-6', className)}
      {...rest}
    >
      {state.status === 'error' && state.message && (
        <div data-form-message="" tabIndex={-1}>
          <Notice tone="failed" title={state.message} live />
        </div>
      )}
      <FormPending value={pending}>
        {children({
          state,
          pending,
          error: (path) => state.issues?.find((issue) => issue.path === path)?.message,
          value: (name, stored) => state.values?.[name] ?? stored,
        })}
      </FormPending>
    </form>
  );
}
