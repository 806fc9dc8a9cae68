import { createHash } from 'node:crypto';
import { type ASTNode, type ParseResult, parse } from '@marcbachmann/cel-js';
import { canonicalJson } from './protocol';

interface Compiled {
  run: ParseResult;
  paths: string[][];
}
export interface Scope {
  event: unknown;
  async?: unknown;
}

const ROOTS = new Set(['event', 'async']);
/** Functions may build expressions from data, so the number of different ones has no bound. */
const CACHE_SIZE = 1000;
const cache = new Map<string, Compiled>();

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}

function pathOf(node: ASTNode): string[] | undefined {
  if (node.op === 'id') return ROOTS.has(node.args) ? [node.args] : undefined;
  if (node.op !== '.') return undefined;
  const parent = pathOf(node.args[0]);
  return parent && [...parent, node.args[1]];
}

function collectPaths(node: unknown, into: string[][]): void {
  if (Array.isArray(node)) {
    for (const part of node) collectPaths(part, into);
  } else if (isNode(node)) {
    if (node.op === 'call' && node.args[0] === 'has') return;
    const path = pathOf(node);
    if (path) into.push(path);
    else collectPaths(node.args, into);
  }
}

function compile(expression: string): Compiled {
  const known = cache.get(expression);
  if (known) return known;
  const run = parse(expression);
  const paths: string[][] = [];
  collectPaths(run.ast, paths);
  const compiled = { run, paths };
  cache.set(expression, compiled);
  const [oldest] = cache.keys();
  if (cache.size > CACHE_SIZE && oldest !== undefined) cache.delete(oldest);
  return compiled;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a dotted path, undefined where any part is missing. */
export function valueAt(root: unknown, path: readonly string[]): unknown {
  let value = root;
  for (const key of path) value = isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return value;
}

function withNullAt(root: unknown, [key, ...rest]: string[]): unknown {
  if (key === undefined) return root ?? null;
  if (root !== null && root !== undefined && !isRecord(root)) return root;
  return { ...root, [key]: withNullAt(root?.[key], rest) };
}

/**
 * The value of a CEL expression; attributes that do not exist read as null, as on Inngest. An expression that fails on
 * this input gives undefined.
 */
export function evaluate(expression: string, scope: Scope): unknown {
  try {
    const { run, paths } = compile(expression);
    let context: Record<string, unknown> = { ...scope };
    for (const path of paths) {
      if (valueAt(context, path) === undefined) context = withNullAt(context, path) as Record<string, unknown>;
    }
    const value: unknown = run(context);
    return typeof value === 'bigint' ? Number(value) : value;
  } catch {
    return undefined;
  }
}

export const holds = (expression: string | null | undefined, scope: Scope): boolean =>
  !expression || evaluate(expression, scope) === true;

/** The text of a flow-control key; PostgreSQL text cannot hold NUL, so it is left out. */
export function keyOf(expression: string | undefined, scope: Scope): string {
  if (!expression) return '';
  const value = evaluate(expression, scope) ?? null;
  const text = typeof value === 'string' ? value : canonicalJson(value);
  return text.length <= 200 ? text.replaceAll('\u0000', '') : `#${hashOf(text)}`;
}

export const hashOf = (value: unknown): string =>
  createHash('sha1')
    .update(canonicalJson(value ?? null))
    .digest('hex');

export function isReadable(expression: string): boolean {
  try {
    compile(expression);
    return true;
  } catch {
    return false;
  }
}

/** Throws with the reason if the expression cannot be parsed. */
export function assertExpression(expression: string | undefined, where: string): void {
  if (expression === undefined) return;
  try {
    compile(expression);
  } catch (error) {
    throw new Error(`${where}: the expression ${JSON.stringify(expression)} cannot be read`, { cause: error });
  }
}

const NAME = '[A-Za-z_]\\w*';
const BOTH = new RegExp(`^event((?:\\.${NAME})+) == async((?:\\.${NAME})+)$`);
const LITERAL = new RegExp(`^async((?:\\.${NAME})+) == (?:'([^'"\\\\]*)'|"([^'"\\\\]*)")$`);
const steps = (dotted: string | undefined) => (dotted ?? '').split('.').slice(1);

/**
 * An equality on one field of the awaited event as path and hash, so that a hundred thousand waiting runs are found by an
 * index; null if the expression is of another form and has to be evaluated for each wait.
 */
export function equalityOf(expression: string | undefined, event: unknown): { path: string; hash: string } | null {
  if (!expression) return null;
  const both = BOTH.exec(expression);
  if (both) return { path: steps(both[2]).join('.'), hash: hashOf(valueAt(event, steps(both[1]))) };
  const literal = LITERAL.exec(expression);
  if (literal) return { path: steps(literal[1]).join('.'), hash: hashOf(literal[2] ?? literal[3]) };
  return null;
}
