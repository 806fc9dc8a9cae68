import type { CampaignDraft } from '@/lib/domain/campaign';

type Event = CampaignDraft['notify']['events'][number];

/** What people can be told of, in the order it happens. */
export const EVENTS: { event: Event; label: string; hint?: string }[] = [
  { event: 'started', label: 'It starts' },
  { event: 'wave_done', label: 'A wave is done' },
  { event: 'completed', label: 'It is completed', hint: 'The receipt, with all numbers.' },
  { event: 'paused', label: 'It is paused', hint: 'By a person, or because a provider is in trouble.' },
  { event: 'resumed', label: 'It goes on' },
  { event: 'failed', label: 'It could not be queued' },
  { event: 'stalled', label: 'It stands still', hint: 'Something should be going out and is not.' },
  { event: 'missed', label: 'It did not start on time' },
  { event: 'skipped', label: 'An occurrence is left out', hint: 'The one before was still under way.' },
  { event: 'empty', label: 'An occurrence has nobody to send to' },
  { event: 'unusual', label: 'An occurrence is unusually large or small' },
  { event: 'late', label: 'An occurrence is not done in time' },
];

/** Asked about for recurring campaigns only. */
export const OF_OCCURRENCES: readonly Event[] = ['skipped', 'empty', 'unusual', 'late'];
