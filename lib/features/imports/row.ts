import type { AttributeValue } from '@/lib/domain/attribute';
import type { Consent } from '@/lib/domain/contact';

/** What one row of a file says about a contact. Left out: the row does not say; null: it says there is nothing. */
export interface RowValues {
  externalId?: string;
  email?: string | null;
  phone?: string | null;
  firstName?: string | null;
  lastName?: string | null;
  language?: string | null;
  timeZone?: string | null;
  emailConsent?: Exclude<Consent, 'unknown'>;
  smsConsent?: Exclude<Consent, 'unknown'>;
  doNotMarket?: true;
  attributes?: Record<string, AttributeValue | null>;
}

/** Something about a row that a person should see: why it was refused, or what was noted about it. */
export interface RowRemark {
  column: string | null;
  code: string;
  message: string;
}

export interface ImportRow {
  /** As a spreadsheet counts: the header is row 1. */
  number: number;
  cells: readonly string[];
  values: RowValues;
  remarks: RowRemark[];
  refused: boolean;
}
