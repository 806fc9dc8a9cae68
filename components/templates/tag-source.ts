/** How a value is written: as it is, or through a filter of the grammar. */
export interface TagFormat {
  value: string;
  label: string;
  /** What stands between the field and the fallback. */
  filter: string;
}

const AS_IS: TagFormat = { value: 'plain', label: 'As it is', filter: '' };

const FORMATS: Record<string, TagFormat[]> = {
  text: [AS_IS, { value: 'title', label: 'First letters large', filter: 'title' }],
  number: [
    AS_IS,
    { value: 'number', label: '1,234.5', filter: 'number' },
    { value: 'whole', label: '1,235', filter: 'number: 0' },
    { value: 'eur', label: '€1,234.50', filter: 'currency: "EUR"' },
    { value: 'usd', label: '$1,234.50', filter: 'currency: "USD"' },
    { value: 'sgd', label: 'SGD 1,234.50', filter: 'currency: "SGD"' },
  ],
  date: [
    { value: 'short', label: '4 May 2026', filter: 'date: "d MMM yyyy"' },
    { value: 'long', label: 'Monday, 4 May 2026', filter: 'date: "EEEE, d MMMM yyyy"' },
    { value: 'day', label: '4 May', filter: 'date: "d MMMM"' },
    AS_IS,
  ],
};

/** The ways a field of this type can be written, the usual one first. */
export function tagFormats(type: string): TagFormat[] {
  return FORMATS[type] ?? [AS_IS];
}

function quoted(text: string): string {
  const line = text.replace(/[\r\n]+/g, ' ');
  return line.includes('"') ? `'${line.replaceAll("'", '’')}'` : `"${line}"`;
}

/** `{{ first_name | fallback: "there" }}`; without a fallback when none is wanted. */
export function tagSource(field: string, filter: string, fallback: string | null): string {
  const parts = [field, filter, fallback === null ? '' : `fallback: ${quoted(fallback)}`].filter((part) => part !== '');
  return `{{ ${parts.join(' | ')} }}`;
}

/** What a fallback usually says. */
export function usualFallback(field: string): string {
  return field === 'first_name' ? 'there' : '';
}

export interface Inserted {
  text: string;
  /** Where the caret, or the selection, goes. */
  start: number;
  end: number;
}

/** Puts a tag in place of the selection, and of the `{{` that asked for it. */
export function insertTag(text: string, start: number, end: number, tag: string): Inserted {
  const asked = text.slice(0, start).match(/\{\{\s*$/);
  const from = asked ? start - asked[0].length : start;
  const caret = from + tag.length;
  return { text: text.slice(0, from) + tag + text.slice(end), start: caret, end: caret };
}

/** Sets a mark around the selection, or takes it away if it is there. */
export function toggleMark(text: string, start: number, end: number, mark: string): Inserted {
  const inner = text.slice(start, end);
  const before = text.slice(start - mark.length, start);
  const after = text.slice(end, end + mark.length);
  const size = mark.length;
  const isBare = (side: string, outer: string) => side === mark && (mark !== '*' || outer !== '*');
  if (start >= size && isBare(before, text[start - size - 1] ?? '') && isBare(after, text[end + size] ?? '')) {
    return { text: text.slice(0, start - size) + inner + text.slice(end + size), start: start - size, end: end - size };
  }
  return { text: text.slice(0, start) + mark + inner + mark + text.slice(end), start: start + size, end: end + size };
}

/** Makes the selection a link whose address is selected, to be typed over. */
export function insertLink(text: string, start: number, end: number): Inserted {
  const label = text.slice(start, end) || 'link';
  const address = 'https://';
  const from = start + label.length + 3;
  return {
    text: `${text.slice(0, start)}[${label}](${address})${text.slice(end)}`,
    start: from,
    end: from + address.length,
  };
}

/** Begins each line of the selection as an item, or takes that away from all. */
export function toggleList(text: string, start: number, end: number, isOrdered: boolean): Inserted {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const to = text.indexOf('\n', end) < 0 ? text.length : text.indexOf('\n', end);
  const lines = text.slice(from, to).split('\n');
  const item = isOrdered ? /^\d{1,3}[.)] / : /^- /;
  const isList = lines.every((line) => item.test(line));
  const next = lines
    .map((line, index) => (isList ? line.replace(item, '') : `${isOrdered ? `${index + 1}.` : '-'} ${line}`))
    .join('\n');
  return { text: text.slice(0, from) + next + text.slice(to), start: from, end: from + next.length };
}
