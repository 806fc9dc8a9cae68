type Bare = string | number | null;

/**
 * An array of PostgreSQL as text, for values that need no quotes in it: ids, enum words, numbers and times. What the
 * driver makes of an array it quotes and escapes value by value, which for hundreds of rows is felt.
 */
export function bareArray(values: readonly Bare[]): string {
  return `{${values.map((value) => value ?? 'null').join(',')}}`;
}

/** Such an array that ends with its last value that is not null: `unnest` of several fills shorter ones up with nulls. */
export function sparseArray(values: readonly Bare[]): string {
  const last = values.findLastIndex((value) => value !== null);
  return last < 0 ? '{}' : bareArray(last + 1 < values.length ? values.slice(0, last + 1) : values);
}

const TO_ESCAPE = /["\\]/;

/** An array of text as PostgreSQL reads it; escaped where there is something to escape, cut like a sparse one. */
export function textArray(values: readonly (string | null)[]): string {
  return sparseArray(
    values.map((value) => {
      if (value === null) return null;
      return `"${TO_ESCAPE.test(value) ? value.replace(/["\\]/g, '\\$&') : value}"`;
    }),
  );
}
