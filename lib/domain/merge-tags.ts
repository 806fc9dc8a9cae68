/** A parsed template is plain data, so a campaign version can store it and every worker reads the same one. */
export type MergeNode = string | MergeOutput | MergeIf<MergeNode>;

export interface MergeOutput {
  value: Operand;
  filters: FilterCall[];
}

export interface MergeIf<N> {
  branches: { test: Expression; body: N[] }[];
  otherwise: N[];
}

export type Literal = string | number | boolean | null;
export type Operand = { literal: Literal } | { field: string[]; at: number };

export const COMPARISONS = ['==', '!=', '>', '<', '>=', '<=', 'contains'] as const;
export type Comparison = (typeof COMPARISONS)[number];

export type Expression =
  | { op: 'value'; value: Operand }
  | { op: Comparison; left: Operand; right: Operand }
  | { op: 'and' | 'or'; left: Expression; right: Expression }
  | { op: 'not'; operand: Expression };

export interface FilterCall {
  name: string;
  args: Literal[];
}

export const MAX_DEPTH = 32;
export const MAX_OUTPUT_LENGTH = 512 * 1024;

/** What a template does not read from the contact: the system fills these in. */
export const RESERVED_FIELDS = [
  'workspace.name',
  'workspace.postal_address',
  'unsubscribe_url',
  'preferences_url',
  'view_url',
] as const;
export type ReservedField = (typeof RESERVED_FIELDS)[number];

export function isOutput(node: unknown): node is MergeOutput {
  return typeof node === 'object' && node !== null && 'filters' in node;
}

export function isIf<N>(node: unknown): node is MergeIf<N> {
  return typeof node === 'object' && node !== null && 'branches' in node;
}

/** `attributes.plan` and `plan` are the same field; its one name is `plan`. */
export function fieldName(path: readonly string[]): string {
  return (path[0] === 'attributes' && path.length > 1 ? path.slice(1) : path).join('.');
}

export function isReservedField(name: string): name is ReservedField {
  return (RESERVED_FIELDS as readonly string[]).includes(name);
}

/** A template the parser refuses; `at` is the offset in the source, `line` and `column` count from 1. */
export class MergeTagError extends Error {
  readonly at: number;
  readonly line: number;
  readonly column: number;

  constructor(message: string, source: string, at: number) {
    super(message);
    this.name = 'MergeTagError';
    this.at = at;
    const before = source.slice(0, at).split('\n');
    this.line = before.length;
    this.column = (before.at(-1)?.length ?? 0) + 1;
  }
}
