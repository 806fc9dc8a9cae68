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

const NOTHING_BEFORE: ContactFields = {
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

export function newState(id: string): ContactState {
  return {
    id,
    version: null,
    seenInFile: false,
    isNew: true,
    ...NOTHING_BEFORE,
    attributes: {},
    before: NOTHING_BEFORE,
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

function applyConsent(state: ContactState, key: 'emailConsent' | 'smsConsent', value: Consent | undefined): Applied {
  if (value === undefined || value === state[key]) return 'same';
  if (state[key] === 'revoked') return 'kept_revoked';
  state.before ??= fieldsOf(state);
  state[key] = value;
  return 'changed';
}

function applyAttributes(state: ContactState, attributes: NonNullable<RowValues['attributes']>): boolean {
  let changed = false;
  for (const key in attributes) {
    const value = attributes[key];
    const known = state.attributes[key];
    if (value === undefined || (value === null ? known === undefined : sameValue(known, value))) continue;
    state.before ??= fieldsOf(state);
    changed = true;
    if (value === null) delete state.attributes[key];
    else state.attributes[key] = value;
  }
  return changed;
}

type Applied = 'same' | 'changed' | 'kept_revoked';

/**
 * Applies a row to a contact and answers whether it changed anything. A row can revoke consent but never gives back
 * what the person revoked, and never takes back “do not market”.
 */
export function applyValues(state: ContactState, values: RowValues): { changed: boolean; keptRevoked: boolean } {
  let changed = false;
  for (const key of TEXT_FIELDS) {
    const value = values[key];
    if (value === undefined || value === state[key]) continue;
    state.before ??= fieldsOf(state);
    state[key] = value;
    changed = true;
  }
  const email = applyConsent(state, 'emailConsent', values.emailConsent);
  const sms = applyConsent(state, 'smsConsent', values.smsConsent);
  if (email === 'changed' || sms === 'changed') changed = true;
  if (values.doNotMarket && !state.doNotMarket) {
    state.before ??= fieldsOf(state);
    state.doNotMarket = true;
    changed = true;
  }
  if (values.attributes && applyAttributes(state, values.attributes)) changed = true;
  return { changed, keptRevoked: email === 'kept_revoked' || sms === 'kept_revoked' };
}
