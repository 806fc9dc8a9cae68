import type { z } from 'zod';
import type { Ctx } from '@/lib/context';
import type { FieldIssue } from '@/lib/errors';
import { type ActionResult, action } from '@/lib/http/action';

/** What `ActionForm` shows; after an error it holds what was typed, passwords excepted. */
export interface FormAnswer {
  status: 'idle' | 'done' | 'error';
  message?: string;
  issues?: FieldIssue[];
  values?: Record<string, string>;
}

/** The fields of a form by name: one text, or a list where a name occurs more than once or ends in `[]`. */
export function formFields(data: FormData): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = {};
  for (const name of new Set(data.keys())) {
    if (name.startsWith('$ACTION')) continue;
    const texts = data.getAll(name).filter((value): value is string => typeof value === 'string');
    const isList = name.endsWith('[]') || texts.length > 1;
    fields[name.replace(/\[\]$/, '')] = isList ? texts : (texts[0] ?? '');
  }
  return fields;
}

function typedValues(fields: Record<string, string | string[]>): Record<string, string> {
  const kept = Object.entries(fields).filter(([name]) => !/password|secret|token/i.test(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, [value].flat().join('\n')]));
}

/** The outcome of an action as the state of its form; a wrong field is named by its place, not by its path. */
export function formAnswer<T>(result: ActionResult<T>, data: FormData, done?: (data: T) => string): FormAnswer {
  if (result.ok) return { status: 'done', ...(done && { message: done(result.data) }) };
  const { issues } = result.error;
  const message = issues[0] ? `Nothing was saved. ${issues[0].message}` : result.error.message;
  return { status: 'error', message, issues, values: typedValues(formFields(data)) };
}

/** A server action for `ActionForm` from a schema over the form's fields and a verb; `done` says what has happened. */
export function formAction<S extends z.ZodType, T>(
  schema: S,
  verb: (ctx: Ctx, input: z.output<S>) => Promise<T>,
  done?: (data: T) => string,
) {
  const run = action(schema, verb);
  return async (_: FormAnswer, data: FormData): Promise<FormAnswer> =>
    formAnswer(await run(formFields(data) as z.input<S>), data, done);
}
