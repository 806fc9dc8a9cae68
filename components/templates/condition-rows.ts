import {
  COMPARISONS,
  type Comparison,
  type Expression,
  fieldName,
  type Literal,
  type Operand,
} from '@/lib/domain/merge-tags';
import { parseCondition } from '@/lib/domain/merge-tags-parse';

export type ConditionTest = Comparison | 'present' | 'absent';

/** One line of a condition as people read it: `plan is “Pro”`. */
export interface ConditionRow {
  field: string;
  test: ConditionTest;
  /** As typed; a number where it reads as one and the field is a number. */
  value: string;
  isNumber: boolean;
}

export interface ConditionRows {
  join: 'and' | 'or';
  rows: ConditionRow[];
}

export const TEST_WORDS: Record<ConditionTest, string> = {
  present: 'is filled in',
  absent: 'is empty',
  '==': 'is',
  '!=': 'is not',
  contains: 'contains',
  '>': 'is more than',
  '<': 'is less than',
  '>=': 'is at least',
  '<=': 'is at most',
};

function fieldOf(operand: Operand): string | null {
  return 'field' in operand ? fieldName(operand.field) : null;
}

function textOf(literal: Literal): string {
  return literal === null ? '' : String(literal);
}

function rowOf(expression: Expression): ConditionRow | null {
  if (expression.op === 'value') {
    const field = fieldOf(expression.value);
    return field ? { field, test: 'present', value: '', isNumber: false } : null;
  }
  if (expression.op === 'not') {
    const inner = expression.operand.op === 'value' ? fieldOf(expression.operand.value) : null;
    return inner ? { field: inner, test: 'absent', value: '', isNumber: false } : null;
  }
  if (expression.op === 'and' || expression.op === 'or') return null;
  const { op, left, right } = expression;
  if (!('field' in left) || !('literal' in right) || typeof right.literal === 'boolean') return null;
  const value = textOf(right.literal);
  return { field: fieldName(left.field), test: op as Comparison, value, isNumber: typeof right.literal === 'number' };
}

function flatten(expression: Expression, join: 'and' | 'or'): Expression[] {
  if (expression.op !== join) return [expression];
  return [...flatten(expression.left, join), ...flatten(expression.right, join)];
}

/** A condition as lines joined by one word; null if it says more than lines can, and must stay text. */
export function conditionRows(source: string): ConditionRows | null {
  if (source.trim() === '') return { join: 'and', rows: [] };
  let expression: Expression;
  try {
    expression = parseCondition(source);
  } catch {
    return null;
  }
  const join = expression.op === 'or' ? 'or' : 'and';
  const rows = flatten(expression, join).map(rowOf);
  return rows.every((row) => row !== null) ? { join, rows } : null;
}

function quoted(value: string): string {
  return value.includes('"') ? `'${value.replaceAll("'", '’')}'` : `"${value}"`;
}

function sourceOf({ field, test, value, isNumber }: ConditionRow): string {
  if (test === 'present') return field;
  if (test === 'absent') return `not ${field}`;
  const number = isNumber && /^-?\d+(?:\.\d+)?$/.test(value.trim());
  return `${field} ${test} ${number ? value.trim() : quoted(value)}`;
}

/** The lines as the expression that is stored. */
export function conditionSource({ join, rows }: ConditionRows): string {
  return rows.map(sourceOf).join(` ${join} `);
}

/** A condition in words, for the head of a block: `plan is Pro and device is empty`. */
export function conditionWords(source: string, labelOf: (field: string) => string): string {
  const read = conditionRows(source);
  if (!read || read.rows.length === 0) return source.trim() || 'a condition holds';
  return read.rows
    .map(({ field, test, value }) => `${labelOf(field)} ${TEST_WORDS[test]}${value === '' ? '' : ` “${value}”`}`)
    .join(` ${read.join} `);
}

export const TESTS: ConditionTest[] = ['present', 'absent', ...COMPARISONS];
