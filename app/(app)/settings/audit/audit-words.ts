const LONGEST = 60;
const NAMED = 3;

/** `member.role_changed` as words: `Member role changed`. */
export function sentence(action: string): string {
  const text = action.replace(/[._]/g, ' ').trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function isNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function plain(value: unknown): string {
  if (isNothing(value)) return 'nothing';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return value.toLocaleString('en');
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) {
    const more = value.length - NAMED;
    return value.slice(0, NAMED).map(plain).join(', ') + (more > 0 ? ` and ${more} more` : '');
  }
  return Object.entries(value ?? {})
    .filter(([, inner]) => !isNothing(inner))
    .map(([key, inner]) => `${words(key)} ${plain(inner)}`)
    .join(', ');
}

function short(value: unknown): string {
  const text = plain(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 3)}…` : text;
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

/** The data of an entry as short pieces, what is empty left out: `name: Nordic → Nordic Tele`. */
export function dataPieces(data: Record<string, unknown>): string[] {
  if (isChange(data)) return [`${short(data.from)} → ${short(data.to)}`, ...dataPieces(without(data))];
  return Object.entries(data)
    .filter(([, value]) => !isNothing(value))
    .map(([key, value]) =>
      isChange(value) ? `${words(key)}: ${short(value.from)} → ${short(value.to)}` : `${words(key)}: ${short(value)}`,
    );
}

function without({ from: _, to: __, ...rest }: Record<string, unknown>): Record<string, unknown> {
  return rest;
}

const PAGES: Readonly<Record<string, string>> = {
  run: '/runs',
  campaign: '/campaigns',
  contact: '/contacts',
  import: '/contacts/imports',
  list: '/lists',
  segment: '/segments',
  template: '/templates',
  provider_account: '/settings/providers',
  webhook: '/settings/webhooks',
};

/** Where the object of an entry is seen; null for those without a page of their own. */
export function pageOf(subjectType: string, subjectId: string): string | null {
  const page = PAGES[subjectType];
  return page ? `${page}/${subjectId}` : null;
}
