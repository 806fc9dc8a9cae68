import type { Tx } from '@/lib/db/client';
import type { Fragment } from '@/lib/features/contacts/fragment';
import { normalisePhone } from '@/lib/features/suppressions/normalise-phone';

/** The words of a name search as PostgreSQL's text search wants them: every word, each as a beginning. */
export function nameQuery(text: string): string | null {
  const words = text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return words.length === 0 || words.length > 8 ? null : words.map((word) => `'${word}':*`).join(' & ');
}

// the first text that sorts after every text beginning with `prefix`, byte by byte as text_pattern_ops compares
const LAST = '\u{10ffff}';

export function beginsWith(sql: Tx['sql'], column: Fragment, prefix: string): Fragment {
  return sql`(${column} ~>=~ ${prefix} and ${column} ~<~ ${prefix + LAST})`;
}

/** E.164 beginnings that what was typed may stand for. */
export function phonePrefixes(text: string, country: string | undefined): string[] {
  const digits = text.replace(/[^\d+]/g, '');
  if (digits.replace('+', '').length < 3 || /[A-Za-z@]/.test(text)) return [];
  const whole = normalisePhone(text, country);
  if (whole.ok) return [whole.phone];
  if (digits.startsWith('+')) return [digits];
  if (digits.startsWith('00')) return [`+${digits.slice(2)}`];
  // a valid number of the country tells its calling code: what stands before the digits that were typed
  const sample = country ? normalisePhone(digits.padEnd(8, '1'), country) : null;
  return [`+${digits}`, ...(sample?.ok ? [sample.phone.slice(0, sample.phone.indexOf(digits) + digits.length)] : [])];
}

/**
 * What a person typed to find somebody: the beginning of a customer number, email or phone in any writing, or of the
 * words of a name. One condition over `contacts c` per index that can answer it.
 */
export function searchConditions(sql: Tx['sql'], text: string, country: string | undefined): Fragment[] {
  const trimmed = text.trim();
  const conditions: Fragment[] = [];
  for (const prefix of new Set([trimmed, trimmed.toUpperCase()])) {
    conditions.push(beginsWith(sql, sql`c.external_id`, prefix));
  }
  if (!/\s/.test(trimmed)) conditions.push(beginsWith(sql, sql`c.email`, trimmed.toLowerCase()));
  for (const prefix of phonePrefixes(trimmed, country)) conditions.push(beginsWith(sql, sql`c.phone`, prefix));
  const names = trimmed.includes('@') ? null : nameQuery(trimmed);
  if (names) {
    conditions.push(sql`to_tsvector('simple'::regconfig, coalesce(c.first_name, '') || ' ' || coalesce(c.last_name, ''))
      @@ to_tsquery('simple'::regconfig, ${names})`);
  }
  return conditions;
}
