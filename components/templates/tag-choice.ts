import type { AttributeType } from '@/lib/domain/attribute';

/** A field that tags may name. */
export interface TagChoice {
  key: string;
  label: string;
  type: AttributeType;
  isAttribute: boolean;
}

/** What the system fills in. */
export const SYSTEM_LABELS: Readonly<Record<string, string>> = {
  'workspace.name': 'Workspace name',
  'workspace.postal_address': 'Postal address',
  unsubscribe_url: 'Unsubscribe link',
  preferences_url: 'Preferences link',
};

/** The name of a field as people know it. */
export function labelOf(fields: readonly TagChoice[], key: string): string {
  return SYSTEM_LABELS[key] ?? fields.find((field) => field.key === key)?.label ?? key;
}
