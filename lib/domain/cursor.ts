import type { z } from 'zod';
import { AppError } from '@/lib/errors';

function toBase64Url(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

function fromBase64Url(text: string): string | null {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The place after which the next page begins, as one opaque word: the sort values of the last row. */
export function encodeCursor(position: readonly (string | number | null)[]): string {
  return toBase64Url(JSON.stringify(position));
}

/**
 * Reads a cursor of the shape `schema`. Throws `invalid` unless it is, character for character, what `encodeCursor`
 * would have made, so that a page has one name only.
 */
export function decodeCursor<S extends z.ZodType<readonly (string | number | null)[]>>(
  schema: S,
  cursor: string,
): z.output<S> {
  const text = cursor.length <= 1000 ? fromBase64Url(cursor) : null;
  const parsed = text === null ? undefined : schema.safeParse(parseJson(text));
  if (parsed?.success && encodeCursor(parsed.data) === cursor) return parsed.data;
  throw new AppError('invalid', 'This page link is damaged or from another list. Start again from the first page.', {
    issues: [{ path: 'cursor', message: 'is not a cursor of this list' }],
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
