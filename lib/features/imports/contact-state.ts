import type { AttributeValue } from '@/lib/domain/attribute';
import type { Consent } from '@/lib/domain/contact';
import type { RowValues } from '@/lib/features/imports/row';

/** What an import may change about a contact. */
export interface ContactFields {
  externalId: string | null;
  email: string | null;
  phone: string | null;
  firstName: string | null;
  lastName: string | null;
  language: string | null;
  timeZone: string | null;
  attributes: Record<string, AttributeValue>;
  emailConsent: Consent;
  smsConsent: Consent;
  doNotMarket: boolean;
}

/** A contact while rows are applied to it: as it is in the database, plus what the rows before said. */
export interface ContactState extends ContactFields {
  id: string;
  /** The row version that was read; null for a contact of this chunk. */
  version: string | null;
  /** Set when an earlier row of the same file already was about this contact. */
  seenInFile: boolean;
  isNew: boolean;
  /** The fields before the first change; null while nothing changed. */
  before: ContactFields | null;
}

export function newState(id: string): ContactState {
  return {
    id,
    version: null,
    seenInFile: false,
    isNew: true,
    before: null,
    externalId: null,
    email: null,
    phone: null,
    firstName: null,
    lastName: null,
    language: null,
    timeZone: null,
    attributes: {},
    emailConsent: 'unknown',
    smsConsent: 'unknown',
    doNotMarket: false,
  };
}

export function fieldsOf(state: ContactFields): ContactFields {
  const { externalId, email, phone, firstName, lastName, language, timeZone } = state;
  const { attributes, emailConsent, smsConsent, doNotMarket } = state;
  return {
    externalId,
    email,
    phone,
    firstName,
    lastName,
    language,
    timeZone,
    attributes: { ...attributes },
    emailConsent,
    smsConsent,
    doNotMarket,
  };
}

function sameValue(a: AttributeValue | undefined, b: AttributeValue): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  return a.length === b.length && a.every((tag, i) => tag === b[i]);
}

const TEXT_FIELDS = ['externalId', 'email', 'phone', 'firstName', 'lastName', 'language', 'timeZone'] as const;

/**
 * Applies a row to a contact and answers whether it changed anything. A row can revoke consent but never gives back
 * what the person revoked, and never takes back “do not market”.
 */
export function applyValues(state: ContactState, values: RowValues): { changed: boolean; keptRevoked: boolean } {
  let changed = false;
  let keptRevoked = false;
  const change = (write: () => void) => {
    state.before ??= fieldsOf(state);
    changed = true;
    write();
  };
  for (const key of TEXT_FIELDS) {
    const value = values[key];
    if (value !== undefined && value !== state[key]) {
      change(() => {
        state[key] = value;
      });
    }
  }
  for (const key of ['emailConsent', 'smsConsent'] as const) {
    const value = values[key];
    if (value === undefined || value === state[key]) continue;
    if (state[key] === 'revoked') keptRevoked = true;
    else {
      change(() => {
        state[key] = value;
      });
    }
  }
  if (values.doNotMarket && !state.doNotMarket) {
    change(() => {
      state.doNotMarket = true;
    });
  }
  for (const key in values.attributes) {
    const value = values.attributes[key];
    if (
      value === undefined ||
      (value === null ? !(key in state.attributes) : sameValue(state.attributes[key], value))
    ) {
      continue;
    }
    change(() => {
      if (value === null) delete state.attributes[key];
      else state.attributes[key] = value;
    });
  }
  return { changed, keptRevoked };
}
