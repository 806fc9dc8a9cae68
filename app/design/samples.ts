import { EMPTY_STRIP, type StripCounts } from '@/lib/domain/strip';

export const SENDING: StripCounts = {
  ...EMPTY_STRIP,
  accepted: 1204,
  failed: 37,
  skipped: 12,
  in_doubt: 3,
  waiting: 744,
};
export const FINISHED: StripCounts = { ...EMPTY_STRIP, accepted: 1948, failed: 30, skipped: 22 };
export const STOPPED: StripCounts = {
  accepted: 9312,
  failed: 418,
  skipped: 260,
  in_doubt: 41,
  cancelled: 3020,
  expired: 1112,
  waiting: 0,
};
export const CLEAN: StripCounts = { ...EMPTY_STRIP, accepted: 15_143 };
export const QUEUED: StripCounts = { ...EMPTY_STRIP, waiting: 2000 };
export const HUGE: StripCounts = { ...EMPTY_STRIP, accepted: 1_204_310, failed: 212, in_doubt: 1, waiting: 88_400 };

export const RUNS = [
  { id: 'run_01jd5k3q8w4r2t9z', name: 'Phone launch', status: 'sending', counts: SENDING, rate: 212, minutesAgo: 6 },
  { id: 'run_01jd5k2p7v3q1s8y', name: 'Reminder, wave 2', status: 'paused', counts: STOPPED, rate: 0, minutesAgo: 74 },
  {
    id: 'run_01jd4h9n6t2p0r7x',
    name: 'Trade-in offer',
    status: 'completed_with_issues',
    counts: FINISHED,
    rate: 388,
    minutesAgo: 1510,
  },
  {
    id: 'run_01jd3f8m5s1n9q6w',
    name: 'Roaming in summer',
    status: 'completed',
    counts: CLEAN,
    rate: 402,
    minutesAgo: 8800,
  },
  {
    id: 'run_01jd3f8m5s1n9q6v',
    name: 'Invoice by email',
    status: 'queuing',
    counts: QUEUED,
    rate: null,
    minutesAgo: 1,
  },
] as const;

export const EXCLUSIONS = [
  { reason: 'exclude_list', label: 'On an exclude list', count: 1204, href: '#' },
  { reason: 'unsubscribed_from_list', label: 'Unsubscribed from the list', count: 1877, href: '#' },
  { reason: 'consent_missing', label: 'No consent on record', count: 812, href: '#' },
  { reason: 'suppressed_bounce', label: 'Suppressed: the mailbox bounced', count: 433, href: '#' },
  { reason: 'frequency_cap', label: 'Reached often enough this week', count: 512, href: '#' },
  { reason: 'duplicate_address', label: 'Same address as somebody else', count: 19, href: '#' },
];
