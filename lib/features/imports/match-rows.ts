import type { ContactState } from '@/lib/features/imports/contact-state';
import { applyValues, newState } from '@/lib/features/imports/contact-state';
import type { ImportRow } from '@/lib/features/imports/row';
import { newId } from '@/lib/ids';

export type RowOutcome = 'new' | 'updated' | 'unchanged' | 'rejected';

export interface AppliedRows {
  /** Contacts the rows are about, in the order in which they were first met. */
  touched: ContactState[];
  counts: Record<RowOutcome, number>;
}

type Index = Map<string, ContactState | ContactState[]>;

function put(index: Index, key: string, state: ContactState): void {
  const known = index.get(key);
  if (known === undefined || known === state) index.set(key, state);
  else if (!Array.isArray(known)) index.set(key, [known, state]);
  else if (!known.includes(state)) known.push(state);
}

class Directory {
  readonly #byExternalId = new Map<string, ContactState>();
  readonly #byEmail: Index = new Map();
  readonly #byPhone: Index = new Map();

  add(state: ContactState): void {
    if (state.externalId) this.#byExternalId.set(state.externalId, state);
    if (state.email) put(this.#byEmail, state.email, state);
    if (state.phone) put(this.#byPhone, state.phone, state);
  }

  withExternalId(id: string): ContactState | undefined {
    return this.#byExternalId.get(id);
  }

  // an address may have been changed by a row since it was filed here
  withEmail(email: string): ContactState[] {
    const found = this.#byEmail.get(email);
    return found === undefined ? [] : [found].flat().filter((state) => state.email === email);
  }

  withPhone(phone: string): ContactState[] {
    const found = this.#byPhone.get(phone);
    return found === undefined ? [] : [found].flat().filter((state) => state.phone === phone);
  }
}

type Match = ContactState | 'none' | 'ambiguous';

function oldest(states: ContactState[]): ContactState | undefined {
  return states.reduce<ContactState | undefined>(
    (first, one) => (!first || one.id < first.id ? one : first),
    undefined,
  );
}

/** External id first; then the email of somebody who has no external id; a phone only for rows that have nothing else. */
function findMatch(directory: Directory, { values }: ImportRow): Match {
  const { externalId, email, phone } = values;
  if (externalId) {
    const own = directory.withExternalId(externalId);
    if (own || !email) return own ?? 'none';
    return oldest(directory.withEmail(email).filter((state) => !state.externalId)) ?? 'none';
  }
  const candidates = email ? directory.withEmail(email) : phone ? directory.withPhone(phone) : [];
  if (candidates.length > 1) return 'ambiguous';
  return candidates[0] ?? 'none';
}

function refuse(row: ImportRow, code: string, message: string): RowOutcome {
  row.refused = true;
  row.remarks = [{ column: null, code, message }];
  return 'rejected';
}

function applyRow(directory: Directory, row: ImportRow, touched: Set<ContactState>): RowOutcome {
  const { values, remarks } = row;
  const match = findMatch(directory, row);
  if (match === 'ambiguous') {
    const what = values.email ? 'email address' : 'phone number';
    return refuse(
      row,
      'ambiguous_match',
      `Several contacts have this ${what}; add the customer number to say which one.`,
    );
  }
  const isNew = match === 'none';
  const state = isNew ? newState(newId('contact')) : match;
  if (!isNew && state.seenInFile) {
    const message = 'An earlier row of the file is about the same contact; the later row wins where they differ.';
    remarks.push({ column: null, code: 'repeated_in_file', message });
  }
  const { changed, keptRevoked } = applyValues(state, values);
  if (keptRevoked) {
    const message = 'This person revoked consent earlier; a file cannot give it back, so it stays revoked.';
    remarks.push({ column: null, code: 'consent_kept_revoked', message });
  }
  if (isNew && values.email && directory.withEmail(values.email).length > 0) {
    const message = 'Another contact has the same email address; both are kept, and a run sends to one of them.';
    remarks.push({ column: null, code: 'shared_email', message });
  }
  state.seenInFile = true;
  touched.add(state);
  if (isNew || changed) directory.add(state);
  return isNew ? 'new' : changed ? 'updated' : 'unchanged';
}

/**
 * Applies rows to contacts one after the other, exactly as if each were written before the next is read, so that the
 * result does not depend on how a file is cut into chunks.
 */
export function applyRows(known: readonly ContactState[], rows: readonly ImportRow[]): AppliedRows {
  const directory = new Directory();
  for (const state of known) directory.add(state);
  const touched = new Set<ContactState>();
  const counts = { new: 0, updated: 0, unchanged: 0, rejected: 0 };
  for (const row of rows) counts[row.refused ? 'rejected' : applyRow(directory, row, touched)] += 1;
  return { touched: [...touched], counts };
}
