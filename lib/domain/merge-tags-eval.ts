import { ContentError } from './content-error';
import { cleanText, escapeUrlComponent, escapeWholeUrl, isAllowedUrl } from './escape';
import {
  type Expression,
  fieldName,
  isOutput,
  isReservedField,
  MAX_OUTPUT_LENGTH,
  type MergeNode,
  type MergeOutput,
  type Operand,
  type ReservedField,
} from './merge-tags';
import { buildFilter, isEmptyValue, isFallback, numericValue, stringifyValue } from './merge-tags-filters';

/** Everything one message may read: the contact's frozen values, and what the system fills in. */
export interface MergeFrame {
  readonly values: Readonly<Record<string, unknown>>;
  readonly reserved: Readonly<Partial<Record<ReservedField, string>>>;
}
export type Read = (frame: MergeFrame) => unknown;
export type ReadText = (frame: MergeFrame) => string;
export type Test = (frame: MergeFrame) => boolean;
export type Encode = (text: string, field: string) => string;

/** One output tag as a function of the frame: lookup, filters, text. The text is raw: whoever writes it cleans and escapes it. */
export function compileOutput(output: MergeOutput, locale: string): ReadText {
  const read = compileOperand(output.value);
  if (output.filters.length === 0) return (frame) => stringifyValue(read(frame));
  const field = describeOperand(output.value);
  const filters = output.filters.map(({ name, args }, index) => {
    const hasFallback = output.filters.slice(index).some((later) => isFallback(later.name));
    return buildFilter(name, args, { locale, field, hasFallback });
  });
  return (frame) => {
    let value = read(frame);
    for (const filter of filters) value = filter(value);
    return stringifyValue(value);
  };
}

/** A parsed template as a function; `encode` sees every value, never the template's own text. */
export function compileMergeTags(nodes: readonly MergeNode[], locale: string, encode: Encode): ReadText {
  const pieces = nodes.map((node) => compileNode(node, locale, encode));
  const [only] = pieces;
  if (pieces.length === 1 && typeof only === 'string') return () => only;
  return (frame) => {
    let text = '';
    for (const piece of pieces) text += typeof piece === 'string' ? piece : piece(frame);
    return limitOutput(text);
  };
}

function compileNode(node: MergeNode, locale: string, encode: Encode): string | ReadText {
  if (typeof node === 'string') return node;
  if (isOutput(node)) {
    const field = describeOperand(node.value);
    const read = compileOutput(node, locale);
    return (frame) => encode(read(frame), field);
  }
  const branches = node.branches.map(({ test, body }) => ({
    test: compileTest(test),
    body: compileMergeTags(body, locale, encode),
  }));
  const otherwise = compileMergeTags(node.otherwise, locale, encode);
  return (frame) => {
    for (const { test, body } of branches) if (test(frame)) return body(frame);
    return otherwise(frame);
  };
}

/**
 * A parsed URL as a function. A tag at its start must bring a whole URL with an allowed scheme; every later tag is
 * percent-encoded as one component, so data can never change scheme, host or query structure.
 */
export function compileUrl(nodes: readonly MergeNode[], locale: string): ReadText {
  const write = compileUrlNodes(nodes, locale);
  return (frame) => {
    const url = limitOutput(write('', frame));
    if (!isAllowedUrl(url))
      throw new ContentError(`This contact's data makes an unusable link: “${url.slice(0, 80)}”.`);
    return url;
  };
}

type WriteUrl = (before: string, frame: MergeFrame) => string;

function compileUrlNodes(nodes: readonly MergeNode[], locale: string): WriteUrl {
  const pieces = nodes.map((node): WriteUrl => {
    if (typeof node === 'string') {
      const text = encodeURI(cleanText(node).replace(/\s/g, ''))
        .replace(/%25(?=[0-9A-Fa-f]{2})/g, '%')
        .replace(/%5B/g, '[')
        .replace(/%5D/g, ']');
      return (before) => before + text;
    }
    if (isOutput(node)) {
      const field = describeOperand(node.value);
      const read = compileOutput(node, locale);
      return (before, frame) =>
        before === '' ? escapeWholeUrl(read(frame), field) : before + escapeUrlComponent(read(frame));
    }
    const branches = node.branches.map(({ test, body }) => ({
      test: compileTest(test),
      body: compileUrlNodes(body, locale),
    }));
    const otherwise = compileUrlNodes(node.otherwise, locale);
    return (before, frame) => {
      for (const { test, body } of branches) if (test(frame)) return body(before, frame);
      return otherwise(before, frame);
    };
  });
  return (before, frame) => {
    let url = before;
    for (const piece of pieces) url = piece(url, frame);
    return url;
  };
}

/** A condition as a function. Missing, empty and false are false; everything else, 0 too, is true. */
export function compileTest(expression: Expression): Test {
  switch (expression.op) {
    case 'value': {
      const read = compileOperand(expression.value);
      return (frame) => isTruthy(read(frame));
    }
    case 'not': {
      const operand = compileTest(expression.operand);
      return (frame) => !operand(frame);
    }
    case 'and': {
      const [left, right] = [compileTest(expression.left), compileTest(expression.right)];
      return (frame) => left(frame) && right(frame);
    }
    case 'or': {
      const [left, right] = [compileTest(expression.left), compileTest(expression.right)];
      return (frame) => left(frame) || right(frame);
    }
    default: {
      const { op } = expression;
      const [left, right] = [compileOperand(expression.left), compileOperand(expression.right)];
      return (frame) => compareValues(op, left(frame), right(frame));
    }
  }
}

function compareValues(op: string, left: unknown, right: unknown): boolean {
  if (op === 'contains') {
    if (Array.isArray(left)) return left.some((item) => stringifyValue(item) === stringifyValue(right));
    return !isEmptyValue(right) && stringifyValue(left).includes(stringifyValue(right));
  }
  if (op === '==') return isEqual(left, right);
  if (op === '!=') return !isEqual(left, right);
  const order = compareOrder(left, right);
  if (order === null) return false;
  return op === '>' ? order > 0 : op === '<' ? order < 0 : op === '>=' ? order >= 0 : order <= 0;
}

function isEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (isEmptyValue(left) || isEmptyValue(right)) return isEmptyValue(left) && isEmptyValue(right);
  if (typeof left === 'number' || typeof right === 'number') return numericValue(left) === numericValue(right);
  return stringifyValue(left) === stringifyValue(right);
}

function compareOrder(left: unknown, right: unknown): number | null {
  if (isEmptyValue(left) || isEmptyValue(right)) return null;
  const [a, b] = [numericValue(left), numericValue(right)];
  if (!Number.isNaN(a) && !Number.isNaN(b)) return a - b;
  if (typeof left === 'number' || typeof right === 'number') return null;
  const [x, y] = [stringifyValue(left), stringifyValue(right)];
  return x < y ? -1 : x > y ? 1 : 0;
}

function isTruthy(value: unknown): boolean {
  return value !== false && !isEmptyValue(value);
}

function compileOperand(operand: Operand): Read {
  if ('literal' in operand) return () => operand.literal;
  const path = operand.field;
  const name = fieldName(path);
  if (isReservedField(name)) {
    // A caller may also hand the workspace over among the values.
    const [scope = '', own = ''] = path;
    return (frame) =>
      frame.reserved[name] ?? (path.length === 2 ? ownValue(ownValue(frame.values, scope), own) : undefined);
  }
  const [key = '', ...rest] = path[0] === 'attributes' && path.length > 1 ? path.slice(1) : path;
  if (rest.length === 0) return (frame) => readField(frame.values, key);
  return (frame) => {
    let value = readField(frame.values, key);
    for (const step of rest) value = ownValue(value, step);
    return value;
  };
}

function readField(values: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(values, key) ? values[key] : ownValue(ownValue(values, 'attributes'), key);
}

// Only own properties of plain containers: data can never reach a prototype, a method or a string's length.
function ownValue(container: unknown, key: string): unknown {
  if (typeof container !== 'object' || container === null || Array.isArray(container)) return undefined;
  return Object.getOwnPropertyDescriptor(container, key)?.value;
}

export function describeOperand(operand: Operand): string {
  return 'field' in operand ? fieldName(operand.field) : JSON.stringify(operand.literal);
}

/** Throws `ContentError` when a message outgrows the cap. */
export function limitOutput(text: string): string {
  limitLength(text.length);
  return text;
}

/** The same for a length; `factor` allows for an encoding. */
export function limitLength(length: number, factor = 1): void {
  if (length > MAX_OUTPUT_LENGTH * factor)
    throw new ContentError(`This contact's data makes the message larger than ${MAX_OUTPUT_LENGTH / 1024} kB.`);
}
