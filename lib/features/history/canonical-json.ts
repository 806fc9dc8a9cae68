type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** PostgreSQL's jsonb has neither NUL nor lone surrogates; what a person typed must not stop a record being kept. */
function storable(text: string): string {
  return text.replaceAll('\u0000', '\ufffd').replace(/\p{Cs}/gu, '\ufffd');
}

function sorted(value: Json): Json {
  if (typeof value === 'string') return storable(value);
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, inner]): [string, Json] => [storable(key), sorted(inner)]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/**
 * The one text of a JSON value, whatever order its keys were written or stored in (the idea of RFC 8785). A value that
 * was stored as jsonb and read back has the same text.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(JSON.parse(JSON.stringify(value ?? null)) as Json));
}
