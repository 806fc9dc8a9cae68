/** `member.role_changed` as words: `Member role changed`. */
export function sentence(action: string): string {
  const text = action.replace(/[._]/g, ' ').trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function short(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function isChange(value: unknown): value is { from: unknown; to: unknown } {
  return typeof value === 'object' && value !== null && 'from' in value && 'to' in value;
}

/** `bounceLimit` as words: `bounce limit`. */
function words(key: string): string {
  return key
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
}

/** The data of an entry as short lines: `name: Nordic → Nordic Tele`. */
export function dataLines(data: Record<string, unknown>): string[] {
  if (isChange(data)) return [`${short(data.from)} → ${short(data.to)}`, ...dataLines(without(data))];
  return Object.entries(data).map(([key, value]) =>
    isChange(value) ? `${words(key)}: ${short(value.from)} → ${short(value.to)}` : `${words(key)}: ${short(value)}`,
  );
}

function without({ from: _, to: __, ...rest }: Record<string, unknown>): Record<string, unknown> {
  return rest;
}
