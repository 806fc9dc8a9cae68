export type AttentionKind =
  | 'stalled'
  | 'overdue'
  | 'occurrence'
  | 'paused_by_breaker'
  | 'held'
  | 'paused'
  | 'not_started'
  | 'in_doubt'
  | 'failed'
  | 'provider';

export interface AttentionFacts {
  kind: AttentionKind;
  subjectId: string;
  name: string;
  n: number;
  reason: string | null;
}

export interface AttentionWords {
  /** What is the matter, with its number. */
  what: string;
  /** What is known about it, or what can be done. */
  more: string;
  href: string;
  /** `now`: nothing goes on without somebody, or without its cause being removed. */
  urgency: 'now' | 'soon';
}

const number = (n: number) => n.toLocaleString('en');
const deliveries = (n: number) => `${number(n)} ${n === 1 ? 'delivery' : 'deliveries'}`;

/** An item that needs a person, as a sentence and a place to go. */
export function attentionWords({ kind, subjectId, name, n, reason }: AttentionFacts): AttentionWords {
  const run = `/runs/${subjectId}`;
  switch (kind) {
    case 'stalled':
      return {
        what: `${name} is stalled`,
        more: `Nothing moves because ${reason ?? 'of a cause not known.'}`,
        href: run,
        urgency: 'now',
      };
    case 'overdue':
      return {
        what: `${name} has not started`,
        more: reason ?? 'Its time has come and gone.',
        href: `/campaigns/${subjectId}/occurrences`,
        urgency: 'now',
      };
    case 'occurrence':
      return {
        what: `The last occurrence of ${name} was not as expected`,
        more: reason ?? '',
        href: `/campaigns/${subjectId}/occurrences`,
        urgency: 'soon',
      };
    case 'held':
      return { what: `${name} waits for you`, more: reason ?? '', href: run, urgency: 'now' };
    case 'paused_by_breaker':
      return { what: `${name} was paused because of its provider`, more: reason ?? '', href: run, urgency: 'now' };
    case 'provider':
      return {
        what: `${name} is held back`,
        more: reason ?? 'It failed repeatedly; it is tried again by itself.',
        href: '/health',
        urgency: 'now',
      };
    case 'not_started':
      return { what: `${name} could not be started`, more: reason ?? '', href: run, urgency: 'now' };
    case 'paused':
      return {
        what: `${name} is paused`,
        more: reason && reason !== 'Paused by hand.' ? reason : 'Somebody paused it; it waits to be resumed.',
        href: run,
        urgency: 'soon',
      };
    case 'in_doubt':
      return {
        what: `${deliveries(n)} of ${name} ${n === 1 ? 'is' : 'are'} in doubt`,
        more: 'Sent or not, nobody can know; decide with the evidence.',
        href: `${run}#doubt`,
        urgency: 'soon',
      };
    case 'failed':
      return {
        what: `${deliveries(n)} of ${name} failed`,
        more: 'See why, and retry those that can be.',
        href: `${run}#failures`,
        urgency: 'soon',
      };
  }
}
