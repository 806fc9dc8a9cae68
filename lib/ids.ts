import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

export const ID_PREFIX = {
  user: 'usr',
  session: 'ses',
  workspace: 'wsp',
  invitation: 'inv',
  contact: 'con',
  list: 'lst',
  segment: 'seg',
  suppression: 'sup',
  upload: 'upl',
  import: 'imp',
  template: 'tpl',
  asset: 'ast',
  sender: 'snd',
  providerAccount: 'pac',
  campaign: 'cmp',
  version: 'ver',
  run: 'run',
  outputTable: 'out',
  outputConnection: 'ocn',
  notice: 'ntc',
  webhook: 'whk',
  webhookMessage: 'msg',
  apiKey: 'key',
  request: 'req',
  worker: 'wrk',
} as const;
export type IdKind = keyof typeof ID_PREFIX;

let lastMs = 0;
let tail = 0n;

function base32(value: bigint, length: number): string {
  let rest = value;
  let out = '';
  for (let i = 0; i < length; i++) {
    out = ALPHABET[Number(rest & 31n)] + out;
    rest >>= 5n;
  }
  return out;
}

/**
 * A new id such as `con_01jd5k3q8w4r2t9z`: prefix, 45 bits of Unix milliseconds, 35 bits that are random for the first id of
 * a millisecond and count up within it. Sorts by creation; 20 characters; never made by the database.
 */
export function newId(kind: IdKind): string {
  const now = Date.now();
  if (now > lastMs) {
    lastMs = now;
    tail = BigInt(randomBytes(4).readUInt32BE()) << 2n;
  } else {
    tail += 1n;
  }
  return `${ID_PREFIX[kind]}_${base32(BigInt(lastMs), 9)}${base32(tail & 0x7ffffffffn, 7)}`;
}

/** Whether `value` has the form of an id of this kind (says nothing about existence). */
export function isId(kind: IdKind, value: string): boolean {
  return new RegExp(`^${ID_PREFIX[kind]}_[0-9a-hjkmnp-tv-z]{16}$`).test(value);
}

/** Deliveries are numbered by the database (they are many and narrow); people and integrators see `dlv_<base36>`. */
export function deliveryIdToPublic(id: bigint | number | string): string {
  return `dlv_${BigInt(id).toString(36)}`;
}

/** The number behind `dlv_…`, or null if the text is not such an id. */
export function deliveryIdFromPublic(value: string): string | null {
  const match = /^dlv_([0-9a-z]{1,13})$/.exec(value);
  if (!match?.[1]) return null;
  let id = 0n;
  for (const digit of match[1]) id = id * 36n + BigInt(Number.parseInt(digit, 36));
  return id > 9223372036854775807n ? null : id.toString();
}
