/**
 * An array of PostgreSQL as text, for values that need no quotes in it: ids, enum words, numbers and times. What the
 * driver makes of an array it quotes and escapes value by value, which for hundreds of rows is felt.
 */
export function bareArray(values: readonly (string | number | null)[]): string {
  return `{${values.map((value) => value ?? 'null').join(',')}}`;
}
