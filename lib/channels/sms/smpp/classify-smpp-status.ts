import { type Rejected, refusedForGood, refusedForNow } from '@/lib/channels/rejected';

const NAMES: Record<number, string> = {
  1: 'ESME_RINVMSGLEN',
  3: 'ESME_RINVCMDID',
  4: 'ESME_RINVBNDSTS',
  5: 'ESME_RALYBND',
  8: 'ESME_RSYSERR',
  10: 'ESME_RINVSRCADR',
  11: 'ESME_RINVDSTADR',
  13: 'ESME_RBINDFAIL',
  14: 'ESME_RINVPASWD',
  15: 'ESME_RINVSYSID',
  20: 'ESME_RMSGQFUL',
  67: 'ESME_RINVESMCLASS',
  69: 'ESME_RSUBMITFAIL',
  72: 'ESME_RINVSRCTON',
  73: 'ESME_RINVSRCNPI',
  80: 'ESME_RINVDSTTON',
  81: 'ESME_RINVDSTNPI',
  88: 'ESME_RTHROTTLED',
  97: 'ESME_RINVSCHED',
  98: 'ESME_RINVEXPIRY',
  100: 'ESME_RX_T_APPN',
  101: 'ESME_RX_P_APPN',
  102: 'ESME_RX_R_APPN',
  254: 'ESME_RDELIVERYFAILURE',
  255: 'ESME_RUNKNOWNERR',
};

const ACCOUNT = new Set([4, 5, 10, 13, 14, 15, 72, 73]);
const PROVIDER = new Set([8, 20, 88, 100]);
const RECIPIENT = new Set([11, 80, 81, 101, 102]);
const CONTENT = new Set([1, 3, 67, 97, 98]);
const THROTTLE_MS = 1000;

export function isThrottled(status: number): boolean {
  return status === 20 || status === 88;
}

/** Says whom a non-zero SMPP command_status is about; codes of one vendor only are retried as the recipient's. */
export function classifySmppStatus(status: number): Rejected {
  const code = NAMES[status] ?? `0x${status.toString(16).padStart(8, '0')}`;
  const text = `command_status ${code}`;
  if (ACCOUNT.has(status)) return refusedForNow('account', code, text);
  if (PROVIDER.has(status)) return refusedForNow('provider', code, text, THROTTLE_MS);
  if (RECIPIENT.has(status)) return refusedForGood('recipient', code, text);
  if (CONTENT.has(status)) return refusedForGood('content', code, text);
  return refusedForNow('recipient', code, text);
}
