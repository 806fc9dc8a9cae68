/**
 * What a provider, a bounce mailbox or a reader's mail program tells us about a delivery after it left. `rejected` is the
 * provider saying that it never sent what it first took; hard means that the address is dead, soft that it may live.
 */
export const OUTCOME_TYPES = [
  'accepted',
  'delayed',
  'delivered',
  'bounced_hard',
  'bounced_soft',
  'rejected_hard',
  'rejected_soft',
  'complained',
  'opened',
  'clicked',
  'unsubscribed',
  'other',
] as const;
export type OutcomeType = (typeof OUTCOME_TYPES)[number];

/** What is known of a delivery beyond its state; every field is the earliest time at which it was seen. */
export interface OutcomeFacts {
  deliveredAt: Date | null;
  bouncedAt: Date | null;
  bounceType: 'hard' | 'soft' | null;
  complainedAt: Date | null;
  openedAt: Date | null;
  clickedAt: Date | null;
  unsubscribedAt: Date | null;
}

export interface OutcomeEvent {
  type: OutcomeType;
  at: Date;
}

export const NO_FACTS: OutcomeFacts = {
  deliveredAt: null,
  bouncedAt: null,
  bounceType: null,
  complainedAt: null,
  openedAt: null,
  clickedAt: null,
  unsubscribedAt: null,
};

function earlier(known: Date | null, at: Date): Date {
  return known !== null && known <= at ? known : at;
}

function withBounce(facts: OutcomeFacts, type: 'hard' | 'soft', at: Date): OutcomeFacts {
  if (facts.bounceType === type) return { ...facts, bouncedAt: earlier(facts.bouncedAt, at) };
  if (facts.bounceType === 'hard') return facts;
  return { ...facts, bounceType: type, bouncedAt: at };
}

/**
 * Folds one event into the facts. Commutative, associative and idempotent: any order and any repetition of the same
 * events ends in the same facts. A hard bounce outranks a soft one; a click shows that the message was open.
 */
export function foldOutcome(facts: OutcomeFacts, event: OutcomeEvent): OutcomeFacts {
  const { at } = event;
  switch (event.type) {
    case 'delivered':
      return { ...facts, deliveredAt: earlier(facts.deliveredAt, at) };
    case 'bounced_hard':
    case 'rejected_hard':
      return withBounce(facts, 'hard', at);
    case 'bounced_soft':
    case 'rejected_soft':
      return withBounce(facts, 'soft', at);
    case 'complained':
      return { ...facts, complainedAt: earlier(facts.complainedAt, at) };
    case 'opened':
      return { ...facts, openedAt: earlier(facts.openedAt, at) };
    case 'clicked':
      return { ...facts, clickedAt: earlier(facts.clickedAt, at), openedAt: earlier(facts.openedAt, at) };
    case 'unsubscribed':
      return { ...facts, unsubscribedAt: earlier(facts.unsubscribedAt, at) };
    default:
      return facts;
  }
}

export type Evidence = 'accepted' | 'failed';

/** What one event proves about a delivery in doubt: anything that happened to a message proves that it was taken. */
export function evidenceOf(type: OutcomeType): Evidence | null {
  if (type === 'rejected_hard' || type === 'rejected_soft') return 'failed';
  return type === 'other' ? null : 'accepted';
}

/** What several events prove together, in any order: a sign of life outweighs every rejection. */
export function evidenceOfAll(types: readonly OutcomeType[]): Evidence | null {
  let proof: Evidence | null = null;
  for (const type of types) {
    const evidence = evidenceOf(type);
    if (evidence === 'accepted') return 'accepted';
    proof ??= evidence;
  }
  return proof;
}

export const FACT_LABELS = {
  delivered: 'Delivered',
  bounced: 'Bounced',
  complained: 'Marked as spam',
  opened: 'Opened',
  clicked: 'Clicked',
  unsubscribed: 'Unsubscribed',
} as const;
export type Fact = keyof typeof FACT_LABELS;

/** The facts that `after` has and `before` had not; a bounce that turned from soft to hard is new again. */
export function newFacts(before: OutcomeFacts, after: OutcomeFacts): Fact[] {
  const facts: Fact[] = [];
  if (!before.deliveredAt && after.deliveredAt) facts.push('delivered');
  if (before.bounceType !== after.bounceType) facts.push('bounced');
  if (!before.complainedAt && after.complainedAt) facts.push('complained');
  if (!before.openedAt && after.openedAt) facts.push('opened');
  if (!before.clickedAt && after.clickedAt) facts.push('clicked');
  if (!before.unsubscribedAt && after.unsubscribedAt) facts.push('unsubscribed');
  return facts;
}
