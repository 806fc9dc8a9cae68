import type { z } from 'zod';
import type { FieldIssue } from '@/lib/errors';

type Issue = z.core.$ZodIssue;

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  date: 'a time',
};
const FORMATS: Readonly<Record<string, string>> = {
  datetime: 'a time such as 2026-01-31T09:00:00Z',
  date: 'a day such as 2026-01-31',
  url: 'an address such as https://example.com/path',
  email: 'an email address',
};
/** What zod says by itself; a message of our own is a sentence already and stays. */
const BUILT_IN = /^(Invalid input|Invalid option|Invalid key|Too small|Too big|Unrecognized key|Invalid [A-Za-z ]+$)/;

const quoted = (values: readonly unknown[]) => values.map((value) => `“${String(value)}”`).join(', ');

function amount(limit: number | bigint, origin: string): string {
  if (origin === 'string') return limit === 1 ? '1 character' : `${limit} characters`;
  return String(limit);
}

function sentenceOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type': {
      if (/received undefined$/.test(issue.message)) return 'This is needed.';
      return `This must be ${KINDS[issue.expected] ?? issue.expected}.`;
    }
    case 'too_small':
      if (issue.origin === 'string' && issue.minimum === 1) return 'This may not be empty.';
      if (issue.origin === 'array' && issue.minimum === 1) return 'This list may not be empty.';
      if (issue.origin === 'array') return `At least ${issue.minimum} of them are needed.`;
      return `This must be ${issue.inclusive === false ? 'more than' : 'at least'} ${amount(issue.minimum, issue.origin)}.`;
    case 'too_big':
      if (issue.origin === 'array') return `At most ${issue.maximum} of them are taken at once.`;
      return `This may be ${issue.inclusive === false ? 'less than' : 'at most'} ${amount(issue.maximum, issue.origin)}.`;
    case 'invalid_value':
      return issue.values.length === 1
        ? `This must be ${quoted(issue.values)}.`
        : `This must be one of ${quoted(issue.values)}.`;
    case 'invalid_format':
      return FORMATS[issue.format] ? `This must be ${FORMATS[issue.format]}.` : 'This is not written as it must be.';
    case 'unrecognized_keys':
      return `There is no field ${quoted(issue.keys)} here.`;
    default:
      return 'This is not one of the forms it can have.';
  }
}

/** Another mark than the one by which a form is told apart, or not even an object. */
const isAnotherForm = (issues: readonly Issue[]) =>
  issues.some(
    (issue) =>
      (issue.path.length === 1 && issue.code === 'invalid_value' && issue.values.length === 1) ||
      (issue.path.length === 0 && issue.code === 'invalid_type'),
  );
const missing = (issues: readonly Issue[]) =>
  issues.filter(({ code, message }) => code === 'invalid_type' && message.endsWith('received undefined')).length;

/** Of the forms a value can have, the one it was most likely meant to be; null if it bears the marks of none. */
function likelyForm(forms: readonly (readonly Issue[])[]): readonly Issue[] | null {
  const meant = forms.filter((issues) => issues.length > 0 && !isAnotherForm(issues));
  const [nearest] = meant.sort((a, b) => missing(a) - missing(b) || a.length - b.length);
  return nearest ?? null;
}

function flatten(issue: Issue, above: readonly PropertyKey[]): FieldIssue[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'invalid_union') {
    const form = likelyForm(issue.errors);
    if (form) return form.flatMap((inner) => flatten(inner, path));
  }
  const message = BUILT_IN.test(issue.message) ? sentenceOf(issue) : issue.message;
  return [{ path: path.join('.'), message }];
}

/** What is wrong with an input, one sentence for each place in it. */
export function inputIssues(error: { issues: readonly Issue[] }): FieldIssue[] {
  return error.issues.flatMap((issue) => flatten(issue, []));
}
