import { ContentError } from './content-error';
import { escapeUrlComponent } from './escape';
import type { Literal } from './merge-tags';
import { dateFormatter } from './merge-tags-dates';

export interface FilterContext {
  locale: string;
  /** The field's name, for messages. */
  field: string;
  /** A fallback follows, so unusable data is not an error. */
  hasFallback: boolean;
}
type Filter = (value: unknown) => unknown;
type ArgumentKind = 'text' | 'number' | 'any';

interface FilterDefinition {
  args: ArgumentKind[];
  required: number;
  /** Says what is wrong with the arguments, before anything is sent. */
  check?: (args: Literal[]) => string | undefined;
  build: (args: Literal[], context: FilterContext) => Filter;
}

/** How a value reads in a message: nothing for missing values and objects, lists joined by commas. */
export function stringifyValue(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return Number.isFinite(value) ? String(value) : '';
    case 'boolean':
    case 'bigint':
      return String(value);
    case 'object':
      if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
      return Array.isArray(value) ? value.slice(0, 1000).map(stringifyValue).join(', ') : '';
    default:
      return '';
  }
}

export function isEmptyValue(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    (typeof value === 'string' ? value.trim() === '' : stringifyValue(value) === '')
  );
}

/** A number, or a text that is one; anything else is NaN. */
export function numericValue(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return Number.NaN;
  const text = value.trim();
  return /^[+-]?\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
}

const FILTERS: Record<string, FilterDefinition> = {
  upper: onText((text) => text.toUpperCase()),
  lower: onText((text) => text.toLowerCase()),
  capitalize: onText((text) => text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase()),
  title: onText((text) => text.toLowerCase().replace(/(^|[\s-])(\p{L})/gu, (found) => found.toUpperCase())),
  trim: onText((text) => text.trim()),
  url_encode: onText(escapeUrlComponent),
  truncate: {
    args: ['number', 'text'],
    required: 1,
    check: ([length]) => (Number(length) >= 1 ? undefined : 'truncate needs a length of at least 1.'),
    build: ([length, ending = '…']) => onString((text) => truncate(text, Number(length), String(ending))),
  },
  mask: {
    args: ['number'],
    required: 1,
    build: ([shown]) =>
      onString((text) => '•'.repeat(Math.max(0, text.length - Number(shown))) + text.slice(-Number(shown))),
  },
  append: {
    args: ['text'],
    required: 1,
    build:
      ([text]) =>
      (value) =>
        nonEmpty(value, (own) => own + String(text)),
  },
  prepend: {
    args: ['text'],
    required: 1,
    build:
      ([text]) =>
      (value) =>
        nonEmpty(value, (own) => String(text) + own),
  },
  replace: {
    args: ['text', 'text'],
    required: 2,
    check: ([search]) => (search === '' ? 'replace needs a text to look for.' : undefined),
    build: ([search, by]) => onString((text) => text.replaceAll(String(search), () => String(by))),
  },
  number: {
    args: ['number', 'text'],
    required: 0,
    check: ([digits, locale]) => checkIntl(() => numberFormat(digits, locale ?? 'en')),
    build: ([digits, locale], context) => {
      const format = numberFormat(digits, locale ?? context.locale);
      return onNumber(
        context,
        remembering((value) => format.format(value)),
      );
    },
  },
  currency: {
    args: ['text', 'text'],
    required: 1,
    check: ([currency, locale]) => checkIntl(() => currencyFormat(currency, locale ?? 'en')),
    build: ([currency, locale], context) => {
      const format = currencyFormat(currency, locale ?? context.locale);
      return onNumber(
        context,
        remembering((value) => format.format(value)),
      );
    },
  },
  round: {
    args: ['number'],
    required: 0,
    build: ([digits], context) => onNumber(context, (value) => Number(value.toFixed(Number(digits ?? 0)))),
    check: ([digits]) => digitsProblem(digits),
  },
  plus: arithmetic((value, by) => value + by),
  minus: arithmetic((value, by) => value - by),
  times: arithmetic((value, by) => value * by),
  pluralize: {
    args: ['text', 'text'],
    required: 2,
    build: ([one, many], context) => onNumber(context, (value) => (value === 1 ? one : many)),
  },
  date: {
    args: ['text', 'text', 'text'],
    required: 1,
    check: ([pattern, zone, locale]) => checkIntl(() => dateFormatter(String(pattern), String(locale ?? 'en'), zone)),
    build: ([pattern, zone, locale], context) => {
      const format = remembering(dateFormatter(String(pattern), String(locale ?? context.locale), zone));
      return (value) => {
        if (isEmptyValue(value)) return null;
        return format(value) ?? unusable(context, value, 'a date');
      };
    },
  },
  fallback: {
    args: ['any'],
    required: 1,
    build:
      ([text]) =>
      (value) =>
        isEmptyValue(value) ? text : value,
  },
  default: {
    args: ['any'],
    required: 1,
    build:
      ([text]) =>
      (value) =>
        isEmptyValue(value) ? text : value,
  },
};

/** The names a template may use after `|`. */
export const FILTER_NAMES: readonly string[] = Object.keys(FILTERS);

export function isFallback(name: string): boolean {
  return name === 'fallback' || name === 'default';
}

/** What is wrong with a call of this filter, in one sentence, or undefined. */
export function checkFilter(name: string, args: Literal[]): string | undefined {
  const filter = Object.hasOwn(FILTERS, name) ? FILTERS[name] : undefined;
  if (!filter) return `There is no filter “${name}”. Known: ${FILTER_NAMES.join(', ')}.`;
  if (args.length < filter.required) return `The filter “${name}” needs ${filter.required} value(s) after a colon.`;
  if (args.length > filter.args.length) return `The filter “${name}” takes at most ${filter.args.length} value(s).`;
  for (const [index, arg] of args.entries()) {
    const kind = filter.args[index];
    if (kind === 'number' && typeof arg !== 'number') return `Value ${index + 1} of “${name}” must be a number.`;
    if (kind === 'text' && typeof arg !== 'string') return `Value ${index + 1} of “${name}” must be a text in quotes.`;
  }
  return filter.check?.(args);
}

/** The filter as a function; its arguments were checked when the template was parsed. */
export function buildFilter(name: string, args: Literal[], context: FilterContext): Filter {
  const filter = Object.hasOwn(FILTERS, name) ? FILTERS[name] : undefined;
  if (!filter) throw new ContentError(`There is no filter “${name}”.`);
  return filter.build(args, context);
}

function onText(change: (text: string) => string): FilterDefinition {
  return { args: [], required: 0, build: () => onString(change) };
}

function onString(change: (text: string) => string): Filter {
  return (value) => change(stringifyValue(value));
}

function nonEmpty(value: unknown, change: (text: string) => string): unknown {
  return isEmptyValue(value) ? value : change(stringifyValue(value));
}

function arithmetic(change: (value: number, by: number) => number): FilterDefinition {
  return {
    args: ['number'],
    required: 1,
    build: ([by], context) => onNumber(context, (value) => change(value, Number(by))),
  };
}

function onNumber(context: FilterContext, change: (value: number) => unknown): Filter {
  return (value) => {
    if (isEmptyValue(value)) return null;
    const number = numericValue(value);
    return Number.isNaN(number) ? unusable(context, value, 'a number') : change(number);
  };
}

const REMEMBERED = 1000;

// Intl formatting costs more than the rest of a tag, and the same prices and dates come again and again.
function remembering<V, R>(format: (value: V) => R): (value: V) => R {
  const known = new Map<V, R>();
  return (value) => {
    const found = known.get(value);
    if (found !== undefined) return found;
    const text = format(value);
    if (known.size >= REMEMBERED) known.clear();
    known.set(value, text);
    return text;
  };
}

function unusable(context: FilterContext, value: unknown, wanted: string): null {
  if (context.hasFallback) return null;
  const text = stringifyValue(value).slice(0, 60);
  throw new ContentError(`The field ${context.field} of this contact is “${text}”, which is not ${wanted}.`);
}

function truncate(text: string, length: number, ending: string): string {
  const characters = [...text];
  return characters.length <= length ? text : characters.slice(0, length).join('').trimEnd() + ending;
}

function numberFormat(digits: Literal | undefined, locale: Literal): Intl.NumberFormat {
  const fixed = typeof digits === 'number' ? { minimumFractionDigits: digits, maximumFractionDigits: digits } : {};
  return new Intl.NumberFormat(String(locale), fixed);
}

function currencyFormat(currency: Literal | undefined, locale: Literal): Intl.NumberFormat {
  return new Intl.NumberFormat(String(locale), { style: 'currency', currency: String(currency) });
}

function digitsProblem(digits: Literal | undefined): string | undefined {
  const count = Number(digits ?? 0);
  return Number.isInteger(count) && count >= 0 && count <= 20 ? undefined : 'round needs 0 to 20 digits.';
}

function checkIntl(make: () => unknown): string | undefined {
  try {
    make();
    return undefined;
  } catch (error) {
    return error instanceof Error ? `${error.message}.` : 'This format is not known.';
  }
}
